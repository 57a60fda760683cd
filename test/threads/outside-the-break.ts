import { readMachine } from '../../model/language/reading.ts';
import { type Case, neverTaken, systemOf } from './explored.ts';

/** Names of places without what tells one slot, entry or attempt from another. */
const bare = (place: string): string =>
  place.replace(/^(?:(?:swap|retry|slot_\d+)\/)+/, '').replace(/^entry_\d+\/copy/, 'copy');

const placesOfTheBreak = new Set(
  readMachine(systemOf({ threads: ['A:break-only', 'B'] }).threads[0]!.machine)
    .places.map(({ name }) => bare(name))
    .filter((name) => !name.startsWith('mmap_') && name !== 'ended' && name !== 'stopped'),
);

/** Branches of a path that no case takes, without those of handle_cow_pte_fault(), which have tests of their own. */
export const neverTakenOutsideTheBreak = (run: string, cases: readonly Case[]): readonly string[] =>
  neverTaken(run, cases).filter((branch) => !placesOfTheBreak.has(bare(branch.split(' ')[0]!)));
