import type { ParsedUnit } from '../../syntax/parsed-unit.ts';
import type { Expr, Stmt } from '../../syntax/tree.ts';
import { expressionsIn, partsOf } from '../../syntax/walk.ts';
import { FILLED_GATHER } from '../actions/gather.ts';
import { complaint, type Program } from '../program.ts';
import type { Code, Operand } from './code.ts';
import { codeOf } from './code-of.ts';
import { compute, Emitter, number, variable } from './emitter.ts';
import { lowerCondition, lowerExpression } from './expressions.ts';
import { lineOfKernel } from './line-of-kernel.ts';
import { addedIn } from './lower-hook.ts';
import { lowerStatement } from './statements.ts';
import { ENTRY_PARAMETERS } from './zap-entry.ts';

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

const AGAIN = 'again';
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

/** The variables that the function has before its first statement. */
export const RANGE_PARAMETERS = ['tlb', 'vma', 'pmd', 'addr', 'end', 'details', 'mm'] as const;
const LOCALS = ['start_pte', 'pte', 'ptl', 'pte_details', 'ptent'] as const;

/**
 * zap_pte_range() with the hooks in it. What the model has round them: the lock, a read of each entry, zap_present_pte() or
 * zap_nopresent_pte() for what is there, the unlock. The gather is never full, so that the loop is not left in the middle.
 */
export function lowerZapRange(program: Program, hooks: ZapRangeHooks): Code {
  const to = new Emitter(program, new Set());
  const parameters = RANGE_PARAMETERS.map((name) => to.scope.declare(name));
  for (const name of LOCALS) to.scope.declare(name);
  const named = (name: string): string => to.scope.find(name) as string;
  const begin = lineOfKernel(ZAPS_RANGE, 1368);
  const details: Operand = { k: 'ref', name: named('pte_details') };
  to.kept.add(named('pte_details'));
  to.emit({ op: 'setMember', of: details, name: 'flags', value: number(0), at: begin });
  const again = to.label();
  const flow = { labels: new Map([[AGAIN, again]]), breaks: null, continues: null };
  for (const s of hooks.before) lowerStatement(s, to, flow);
  to.here(again);
  zapEntries(to, details);
  for (const { test, added } of hooks.flush) {
    const [yes, no] = [to.label(), to.label()];
    lowerCondition(test, yes, no, to);
    to.here(yes);
    for (const s of added) lowerStatement(s, to, flow);
    to.here(no);
  }
  for (const s of hooks.behind) lowerStatement(s, to, flow);
  to.emit({ op: 'return', value: variable(named('addr')), at: begin });
  return codeOf(to, { name: ZAPS_RANGE, parameters, returns: null, at: begin });
}

/** The loop over the entries, under the lock. */
function zapEntries(to: Emitter, details: Operand): void {
  const line = (fileLine: number) => lineOfKernel(ZAPS_RANGE, fileLine);
  const named = (name: string): string => to.scope.find(name) as string;
  const call = (name: string, args: readonly Expr[], at: Stmt['at']): Operand =>
    lowerExpression({ k: 'call', name, args, at }, to);
  const name = (variableName: string, at: Stmt['at']): Expr => ({ k: 'name', name: variableName, at });
  const step = (variableName: string, by: Operand, at: Stmt['at']): void => {
    to.emit({
      op: 'move',
      to: named(variableName),
      from: compute(to, '+', [variable(named(variableName)), by], at),
      at,
    });
  };
  const locks = line(1376);
  const ptl: Expr = { k: 'unary', op: '&', a: name('ptl', locks), at: locks };
  const start = call(
    'pte_offset_map_lock',
    [name('mm', locks), name('pmd', locks), name('addr', locks), ptl],
    locks,
  );
  to.emit({ op: 'move', to: named('start_pte'), from: start, at: locks });
  to.emit({ op: 'move', to: named('pte'), from: variable(named('start_pte')), at: locks });
  const filled: Operand = { k: 'constant', value: { k: 'thing', what: FILLED_GATHER } };
  to.emit({ op: 'move', to: named('tlb'), from: filled, at: locks });
  const reads = line(1381);
  const [loop, there, present, absent, next, end] = Array.from({ length: 6 }, () => to.label()) as [
    ReturnType<Emitter['label']>,
    ReturnType<Emitter['label']>,
    ReturnType<Emitter['label']>,
    ReturnType<Emitter['label']>,
    ReturnType<Emitter['label']>,
    ReturnType<Emitter['label']>,
  ];
  to.here(loop);
  to.emit({
    op: 'load',
    to: named('ptent'),
    pointer: variable(named('pte')),
    by: '',
    copied: false,
    at: reads,
  });
  const ptent = variable(named('ptent'));
  to.emit({
    op: 'branch',
    test: compute(to, 'pte is none', [ptent], reads),
    yes: next,
    no: there,
    at: reads,
  });
  to.here(there);
  to.emit({
    op: 'branch',
    test: compute(to, 'pte is present', [ptent], reads),
    yes: present,
    no: absent,
    at: reads,
  });
  const args = ENTRY_PARAMETERS.map((parameter) =>
    parameter === 'pte_details' ? details : variable(named(parameter)),
  );
  for (const [label, function_] of [
    [present, 'zap_present_pte'],
    [absent, 'zap_nopresent_pte'],
  ] as const) {
    to.here(label);
    to.emit({ op: 'call', to: null, name: function_, args, at: reads });
    to.jump(next, reads);
  }
  to.here(next);
  step('pte', number(1), reads);
  step('addr', { k: 'constant', value: { k: 'distance', slots: 0, pages: 1 } }, reads);
  const goesOn = compute(to, '!=', [variable(named('addr')), variable(named('end'))], reads);
  to.emit({ op: 'branch', test: goesOn, yes: loop, no: end, at: reads });
  to.here(end);
  call('pte_unmap_unlock', [name('start_pte', reads), name('ptl', reads)], line(1483));
}
