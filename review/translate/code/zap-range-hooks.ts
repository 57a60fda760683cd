import type { ParsedUnit } from '../../syntax/parsed-unit.ts';
import type { Expr, Stmt } from '../../syntax/tree.ts';
import { allExpressionsIn } from '../../syntax/walk.ts';
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

/** The hooks of zap_pte_range() among the units; null where nothing is added to it. Throws where the place of one cannot be told. */
export function zapRangeHooks(name: string, units: readonly ParsedUnit[]): ZapRangeHooks | null {
  const hooks = { before: [] as Stmt[], flush: [] as ZapRangeHooks['flush'][number][], behind: [] as Stmt[] };
  let any = false;
  for (const { unit, tree } of units) {
    if (unit.kind !== 'fragment' || unit.name !== ZAPS_RANGE || !tree) continue;
    const endsFunction = unit.missing === 'beginning';
    const items = itemsIn(tree.body);
    for (const [i, item] of items.entries()) {
      if (item.k === 'mark') continue;
      any = true;
      if (item.k === 'flush') hooks.flush.push(item);
      else
        hooks[placeOf(item, items.slice(0, i), items.slice(i), endsFunction) ?? refuse(name, item.s)].push(
          item.s,
        );
    }
  }
  return any ? hooks : null;
}

/** The label is behind it; or the jump to the label before it; or nothing but the return, at the end of the function. */
function placeOf(
  { inside }: Item & { readonly k: 'added' },
  before: readonly Item[],
  behind: readonly Item[],
  endsFunction: boolean,
): 'before' | 'behind' | null {
  const has = (items: readonly Item[], what: string): boolean =>
    items.some((item) => item.k === 'mark' && item.what === what);
  if (inside) return null;
  if (has(behind, 'label')) return 'before';
  if (has(before, 'goto')) return 'behind';
  return endsFunction && has(behind, 'return') && !has(behind, 'goto') ? 'behind' : null;
}

function refuse(name: string, { at }: Stmt): never {
  const hint = `show the lines round it up to the label '${AGAIN}', the test of ${FORCE_FLUSH} or the return`;
  throw complaint(
    name,
    'missing-function',
    at,
    `it cannot be told where in ${ZAPS_RANGE}() this stands`,
    hint,
  );
}

type Item =
  /** `inside`: under a condition that was there before, of which the model knows nothing. */
  | { readonly k: 'added'; readonly s: Stmt; readonly inside: boolean }
  | { readonly k: 'flush'; readonly test: Expr; readonly added: readonly Stmt[] }
  | { readonly k: 'mark'; readonly what: 'label' | 'goto' | 'return' };

/** What is added, and the lines of the function from which its place can be told, in order. */
function itemsIn(s: Stmt | null): readonly Item[] {
  if (!s) return [];
  if (s.k === 'if' && namesIn(s).includes(FORCE_FLUSH)) {
    const added = addedIn(s.then);
    const flush: readonly Item[] = added.length > 0 ? [{ k: 'flush', test: s.test, added }] : [];
    return [...flush, ...underCondition(s.otherwise)];
  }
  const [whole] = addedIn(s);
  if (whole === s) return [{ k: 'added', s, inside: false }];
  switch (s.k) {
    case 'block':
      return s.body.flatMap(itemsIn);
    case 'if':
      return [...underCondition(s.then), ...underCondition(s.otherwise)];
    case 'while':
    case 'do':
    case 'for':
      return underCondition(s.body);
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

const underCondition = (s: Stmt | null): readonly Item[] =>
  itemsIn(s).map((item) => (item.k === 'added' ? { ...item, inside: true } : item));

const namesIn = (s: Stmt & { readonly k: 'if' }): readonly string[] =>
  allExpressionsIn({ k: 'expression', value: s.test, at: s.at }).flatMap((e) =>
    e.k === 'name' ? [e.name] : [],
  );
