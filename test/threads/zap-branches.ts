import type { Case } from './explored.ts';
import { neverTakenOutsideTheBreak } from './outside-the-break.ts';

/** Which of the things that the gather may hold it holds at a flush: most combinations of them do not come up. */
const ofTheGather = /(?:^|\/)(?:finish|last|z0)\/(?:gather_flush|put_page|free_table)/;
/** A break on the way. */
const ofABreak = /^(?:cut_\w+|\w+\/break)\//;

/** Entries are zapped alike: entry 0 shows what becomes of a page, entry 1 what becomes of a swap entry. */
const ofTheOtherEntry = /entry_1\/(?:read_entry STEP [01]|reread|clear_entry)|entry_0\/(?:free|clear)_swap/;

/** Branches of a path that zaps which no case takes, without those of a break and the combinations of the gather. */
export const neverTakenInZap = (run: string, cases: readonly Case[]): readonly string[] =>
  neverTakenOutsideTheBreak(run, cases).filter(
    (b) => ![ofTheGather, ofABreak, ofTheOtherEntry].some((known) => known.test(b)),
  );
