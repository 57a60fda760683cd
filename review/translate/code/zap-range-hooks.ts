import type { ParsedUnit } from '../../syntax/parsed-unit.ts';
import type { Expr, Stmt } from '../../syntax/tree.ts';
import { expressionsIn, partsOf } from '../../syntax/walk.ts';
import { complaint } from '../program.ts';
import { addedIn } from './lower-hook.ts';

export const ZAPS_RANGE = 'zap_pte_range';

/** What a patch adds to zap_pte_range(), by where it stands. */
export interface ZapRangeHooks {
  /** Before the label `again`, from which on the entries are zapped. */
  readonly before: readonly Stmt[];
  /** Where the gather is flushed early: a test of ZAP_PTE_FORCE_FLUSH with what is added under it. */
  readonly flush: readonly { readonly test: Expr; readonly added: readonly Stmt[] }[];
  /** Behind the loop. */
  readonly behind: readonly Stmt[];
}

/** The label from which on the entries are zapped. */
export const AGAIN = 'again';
const FORCE_FLUSH = 'ZAP_PTE_FORCE_FLUSH';

/** The hooks of zap_pte_range() among the units; null where nothing is added to it. */
export function zapRangeHooks(name: string, units: readonly ParsedUnit[]): ZapRangeHooks | null {
  const hooks = { before: [] as Stmt[], flush: [] as ZapRangeHooks['flush'][number][], behind: [] as Stmt[] };
  let any = false;
  for (const { unit, tree } of units) {
    if (unit.kind !== 'fragment' || unit.name !== ZAPS_RANGE || !tree) continue;
    const items = itemsIn(tree.body);
    items.forEach((item, i) => {
      if (item.k === 'mark') return;
      any = true;
      if (item.k === 'flush') hooks.flush.push(item);
      else if (items.slice(i).some((other) => other.k === 'mark' && other.what === 'label'))
        hooks.before.push(item.s);
      else if (items.slice(0, i).some((other) => other.k === 'mark' && other.what === 'goto'))
        hooks.behind.push(item.s);
      else if (items.slice(i).some((other) => other.k === 'mark' && other.what === 'return'))
        hooks.behind.push(item.s);
      else {
        const hint = `show the lines round it up to the label '${AGAIN}', the test of ${FORCE_FLUSH} or the return`;
        throw complaint(
          name,
          'missing-function',
          item.s.at,
          `it cannot be told where in ${ZAPS_RANGE}() this stands`,
          hint,
        );
      }
    });
  }
  return any ? hooks : null;
}

type Item =
  | { readonly k: 'added'; readonly s: Stmt }
  | { readonly k: 'flush'; readonly test: Expr; readonly added: readonly Stmt[] }
  | { readonly k: 'mark'; readonly what: 'label' | 'goto' | 'return' };

/** What is added, and the lines of the function from which its place can be told, in order. */
function itemsIn(s: Stmt | null): readonly Item[] {
  if (!s) return [];
  if (s.k === 'if' && namesIn(s).includes(FORCE_FLUSH)) {
    const added = addedIn({ ...s, at: { ...s.at, added: false } });
    return added.length > 0 ? [{ k: 'flush', test: s.test, added }] : [];
  }
  const [whole] = addedIn(s);
  if (whole === s) return [{ k: 'added', s }];
  switch (s.k) {
    case 'block':
      return s.body.flatMap(itemsIn);
    case 'if':
      return [...itemsIn(s.then), ...itemsIn(s.otherwise)];
    case 'while':
    case 'do':
    case 'for':
      return itemsIn(s.body);
    case 'label':
      return [...(s.name === AGAIN ? [{ k: 'mark', what: 'label' } as const] : []), ...itemsIn(s.body)];
    case 'goto':
      return s.label === AGAIN ? [{ k: 'mark', what: 'goto' }] : [];
    case 'return':
      return [{ k: 'mark', what: 'return' }];
    default:
      return [];
  }
}

const within = (e: Expr): readonly Expr[] => [e, ...partsOf(e).flatMap(within)];
const namesIn = (s: Stmt & { readonly k: 'if' }): readonly string[] =>
  expressionsIn({ k: 'expression', value: s.test, at: s.at })
    .flatMap(within)
    .flatMap((e) => (e.k === 'name' ? [e.name] : []));
