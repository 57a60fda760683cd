import type { ParsedUnit } from '../../syntax/parsed-unit.ts';
import { complaint } from '../program.ts';
import { byCondition } from './lower-hook.ts';

/** Functions in which the model knows where a hook stands: the statements that it adds are reached whatever was there before. */
const reached: ReadonlySet<string> = new Set([
  'copy_pmd_range',
  'free_pmd_range',
  'zap_present_pte',
  'zap_nopresent_pte',
]);

/** Throws where a hook stands under a condition of which the model knows nothing, or not under the one that it takes it to be under. */
export function demandPlaces(name: string, units: readonly ParsedUnit[]): void {
  for (const { unit, tree } of units) {
    if (unit.kind !== 'fragment' || unit.name === null || !tree) continue;
    const { under, free } = byCondition(tree.body);
    if (reached.has(unit.name) && under) {
      const what = `this stands in ${unit.name}() under a condition that was there before`;
      throw complaint(name, 'missing-function', under.at, what, 'the model knows nothing of that condition');
    }
    if (unit.name === 'copy_present_pte' && free) {
      const what = 'this does not stand under the test of a page that may be pinned';
      const hint = 'the model has a place for it only there: show the line of that test';
      throw complaint(name, 'missing-function', free.at, what, hint);
    }
  }
}
