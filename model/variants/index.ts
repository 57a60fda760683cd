import { asPosted, type Protocol } from './protocol.ts';

/** All protocols, in the order in which they are listed. */
export const protocols: readonly Protocol[] = [
  { name: 'v5', about: 'the break as posted in version 5 of the patch', edits: asPosted },
  {
    name: 'v4',
    about: 'the break and the zap of version 4 of the patch',
    edits: { ...asPosted, break: 'v4' },
  },
  {
    name: 'v5-no-recheck',
    about: 'v5 without the second test of the count, after the allocation',
    edits: { ...asPosted, recheck: false },
  },
  {
    name: 'v5-clear-first',
    about: 'v5 with the slot emptied just before the copy; the comparison expects it empty',
    edits: { ...asPosted, clearSlotFirst: true },
  },
  {
    name: 'v5-install-before-copy',
    about: 'v5 with the new table installed before the entries are copied, without the comparison',
    edits: { ...asPosted, installBeforeCopy: true },
  },
  {
    name: 'v5-put-after-unlock',
    about: 'v5 with the reference to the old table put after the unlock, before the flush',
    edits: { ...asPosted, put: 'after-unlock' },
  },
  {
    name: 'v5-put-before-lock',
    about: 'v5 with the reference put right after the allocation, on the table read anew',
    edits: { ...asPosted, put: 'before-lock' },
  },
  {
    name: 'v5-seq-serialised',
    about: 'v5 with a mutex of the mm held round each section of write_protect_seq',
    edits: { ...asPosted, seqcount: 'serialised' },
  },
  {
    name: 'v5-no-seqcount',
    about: 'v5 whose break does not touch write_protect_seq',
    edits: { ...asPosted, seqcount: 'none' },
  },
  {
    name: 'v5-flush-in-lock',
    about: 'v5 that flushes before it unlocks, in the break and in zap',
    edits: { ...asPosted, flushInLock: true },
  },
  {
    name: 'v5-global-ptl',
    about: 'v5 with one pte lock for all tables',
    edits: { ...asPosted, globalPtl: true },
  },
  {
    name: 'v5-warn-evaluated',
    about: 'v5 with the put outside the warning, so that it is always done',
    edits: { ...asPosted, putOutsideWarning: true },
  },
  {
    name: 'v5-revalidate-lock',
    about: 'v5 with the slot read again after each lock; another lock or an empty slot: start over',
    edits: { ...asPosted, revalidateLock: true },
  },
  {
    name: 'fixed',
    about: 'a correction of v5 in which every property holds',
    edits: {
      ...asPosted,
      putOutsideWarning: true,
      flushInLock: true,
      slotUnderPmdLock: true,
      tableLock: true,
      shareCount: true,
      everyFaultBreaks: true,
      zapInOneSection: true,
      forkInOneSection: true,
      mremapBreaksBoth: true,
      rmapLooksAgain: true,
      seqcount: 'none',
    },
  },
];
