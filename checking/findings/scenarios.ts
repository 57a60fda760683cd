/** The name of a scenario, and that of its twin in which one allocation may fail. */
const twins = (name: string): readonly string[] => [name, `${name}, one allocation may fail`];

/** Two breaks of one slot, and one of another sharer that goes away. */
export const besideExit = twins('two write-faults in A beside the exit of B');

/** Scenarios in which two threads break the same slot of the same mm. */
export const twoBreakers: readonly string[] = [
  ...twins('two write-faults in A beside an idle B'),
  ...twins('two write-faults in A, one in B'),
  ...besideExit,
  'two breaks in A beside an idle B',
  'a swap fault in A beside swapoff',
  'GUP-fast in A beside two write-faults in A',
  'a reverse-map break in A beside a write-fault in A',
  'insert-pfn in A beside a write-fault in A',
  'remap-pfn in A beside a reverse-map break in A',
  'mremap in A beside a reverse-map break in A',
];

export const forkBesideBreak = 'the fork of A beside a break of the reverse map';
export const forkBesideGup = 'the fork of A beside a break, a reverse-map break and GUP-fast';
export const pinnedFork = 'the fork of A beside a write-fault of A and GUP-fast';
export const cutVma = 'a cut vma, a fork and the exit of A, allocations may fail';

/** Scenarios in which a fork shares a table. */
export const forksThatShare: readonly string[] = [
  'the fork of A',
  forkBesideBreak,
  'the fork of A, then write-faults in A and C',
  'the fork of A, then the exit of C, one allocation may fail',
  pinnedFork,
  forkBesideGup,
  cutVma,
];
