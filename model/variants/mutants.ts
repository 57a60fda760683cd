import { asPosted, type Protocol } from './protocol.ts';

/**
 * Mistakes that nobody has posted. They show that a property which every protocol keeps could be violated at all; the command does
 * not list them.
 */
export const mutants: readonly Protocol[] = [
  {
    name: 'mutant-leak-new-table',
    about: 'v5 that forgets the new table when it turns out not to be needed',
    edits: { ...asPosted, leakNewTable: true },
  },
  {
    name: 'mutant-allocate-under-lock',
    about: 'v5 that keeps the pte lock while it allocates, instead of taking it again',
    edits: { ...asPosted, allocateUnderLock: true },
  },
];
