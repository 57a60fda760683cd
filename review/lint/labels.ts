import { quoted } from '../../model/scenarios/quoted.ts';
import type { FunctionTree } from '../syntax/tree.ts';
import { statementsIn } from '../syntax/walk.ts';
import type { Finding } from './finding.ts';

/** Labels that no goto of their function names. */
export function unusedLabels(tree: FunctionTree): Finding[] {
  const all = statementsIn(tree.body);
  // What was not understood may hold the goto.
  if (all.some((s) => s.k === 'refused')) return [];
  const used = new Set(all.flatMap((s) => (s.k === 'goto' ? [s.label] : [])));
  return all.flatMap((s): Finding[] => {
    if (s.k !== 'label' || used.has(s.name)) return [];
    return [{ rule: 'unused-label', at: s.at, what: `the label ${quoted(s.name)} is used by no goto` }];
  });
}
