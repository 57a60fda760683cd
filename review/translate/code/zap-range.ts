import type { Expr, Stmt } from '../../syntax/tree.ts';
import { FILLED_GATHER } from '../actions/gather.ts';
import type { Program } from '../program.ts';
import type { Code, Operand } from './code.ts';
import { codeOf } from './code-of.ts';
import { compute, Emitter, number, variable } from './emitter.ts';
import { lowerCondition, lowerExpression } from './expressions.ts';
import { lineOfKernel } from './line-of-kernel.ts';
import { lowerStatement } from './statements.ts';
import { ENTRY_PARAMETERS } from './zap-entry.ts';
import { AGAIN, ZAPS_RANGE, type ZapRangeHooks } from './zap-range-hooks.ts';

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
  const [loop, there, present] = [to.label(), to.label(), to.label()];
  const [absent, next, end] = [to.label(), to.label(), to.label()];
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
