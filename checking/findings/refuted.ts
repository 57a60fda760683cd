import type { Violation } from './finding.ts';

/** What a reviewer may suspect of v5, and what was found not to happen. */
export interface Refuted {
  readonly suspicion: string;
  /** The properties that rule it out, each in every one of the scenarios. */
  readonly scenarios: readonly string[];
  readonly properties: readonly string[];
}

const one = 'one write-fault in each of A and B';
const three = 'one write-fault in each of A, B and C';
const two = 'two write-faults in A, one in B';
const failing = ', one allocation may fail';

export const refuted: readonly Refuted[] = [
  {
    suspicion: 'Two sharers break at once, both see count 2, both put: nobody is left to free the table.',
    scenarios: [one, three, `${three}${failing}`],
    properties: ['put-never-last', 'refcount-matches', 'no-table-leak', 'lifecycle'],
  },
  {
    suspicion: 'Two threads break the same slot, and a table or what was written in it gets lost.',
    scenarios: [two, `${two}${failing}`],
    properties: ['no-lost-entry', 'no-table-leak', 'new-table-installed-or-freed', 'refcount-matches'],
  },
  {
    suspicion: 'As in version 4, another fault stumbles over an empty slot.',
    scenarios: ['two write-faults in A beside an idle B', two],
    properties: ['no-empty-slot-deref', 'no-lost-entry', 'no-table-leak'],
  },
  {
    suspicion: 'The comparison of the slot with cowed_entry can fail.',
    scenarios: [two, 'two write-faults in A beside the exit of B'],
    properties: ['pmd-same'],
  },
  {
    suspicion: 'A sharer writes into the table while another copies it.',
    scenarios: [three, two],
    properties: ['shared-never-modified', 'no-foreign-write', 'right-lock-for-entry'],
  },
  {
    suspicion: 'The table is freed by the other sharer while it is copied.',
    scenarios: ['one write-fault in A beside the exit of B', 'munmap in A beside a write-fault in B'],
    properties: ['no-use-after-free', 'refcount-matches'],
  },
  {
    suspicion: 'A break without memory leaves something half done.',
    scenarios: [`${one}${failing}`, `${three}${failing}`, 'a reverse-map break in A, allocations may fail'],
    properties: ['failure-reported', 'refcount-matches', 'seqcount-settles'],
  },
  {
    suspicion: 'A break sleeps under a spin lock, deadlocks or never ends.',
    scenarios: [`${two}${failing}`, 'a reverse-map break in A, allocations may fail'],
    properties: ['no-sleep-under-spinlock', 'no-deadlock', 'every-break-ends'],
  },
  {
    suspicion: 'Three exits at once free the table twice, or never.',
    scenarios: ['the exits of A, B and C'],
    properties: ['no-use-after-free', 'refcount-matches', 'no-table-leak', 'accounting'],
  },
  {
    suspicion: 'A fault that finds no table races with another one that installs it.',
    scenarios: ['a write-fault in A that finds no table'],
    properties: ['no-table-leak', 'new-table-installed-or-freed', 'accounting'],
  },
  {
    suspicion: 'swapoff leaves a swap entry or a reference behind when its first break has no memory.',
    scenarios: ['swapoff in A beside a write-fault in B, allocations may fail'],
    properties: ['failure-reported', 'accounting', 'shared-never-modified'],
  },
  {
    suspicion: 'A range that is broken before it is filled is not private when it is filled.',
    scenarios: ['insert-page in A beside a write-fault in B', 'break-range over two slots of A'],
    properties: ['break-leaves-private'],
  },
];

/** All that is claimed to hold, one by one. */
export const holdsIn = ({ scenarios, properties }: Refuted): readonly Violation[] =>
  scenarios.flatMap((scenario) => properties.map((property) => ({ scenario, property })));
