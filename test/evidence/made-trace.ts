import type { Counterexample } from '../../evidence/counterexample.ts';
import type { Trace, TraceStep } from '../../explorer/trace/trace.ts';

type Told = Partial<TraceStep> & Pick<TraceStep, 'thread' | 'step' | 'line' | 'says'>;

/** A trace from the parts of its steps that a test is about. */
export function madeTrace(steps: readonly Told[], violation: Trace['violation'] = null): Trace {
  const threads = steps.map((step) => step.thread);
  return {
    initial: { shared: {}, threads: {} },
    steps: steps.map((step, i) => ({
      event: 'STEP',
      function: 'handle_cow_pte_fault',
      file: 'mm/memory.c',
      source: 'v5-04',
      comment: null,
      reads: [],
      writes: [],
      acquires: [],
      releases: [],
      changes: [],
      locals: [],
      state: { shared: {}, threads: {} },
      ...step,
      n: i + 1,
    })),
    switches: threads.filter((thread, i) => i > 0 && thread !== threads[i - 1]).length,
    shortest: true,
    loop: null,
    violation,
  };
}

const slot = { reads: ['slot[A:0]'] };

/** Two threads of A break one slot; the second finds that the first was there. */
export const race = madeTrace(
  [
    {
      thread: 'A/0',
      step: 'read_slot',
      line: 3620,
      says: 'read the slot',
      function: '__handle_mm_fault',
      ...slot,
    },
    {
      thread: 'A/0',
      step: 'read_table',
      line: 5254,
      says: 'read the slot for its table',
      ...slot,
      locals: [{ name: 'src_pte', before: 'none', after: 'T0' }],
    },
    { thread: 'B/0', step: 'enter', line: 5240, says: 'nothing that matters', reads: ['seq[B]'] },
    {
      thread: 'A/1',
      step: 'read_slot',
      line: 3620,
      says: 'read the slot',
      function: '__handle_mm_fault',
      ...slot,
    },
    {
      thread: 'A/1',
      step: 'lock_src_ptl',
      line: 5260,
      says: 'take the lock of the table that the slot pointed to before',
      reads: ['ptl[T0]'],
      acquires: ['ptl[T0]'],
      changes: [{ location: 'ptl[T0]', before: 'none', after: 'A/1' }],
    },
    {
      thread: 'A/1',
      step: 'install_new_table',
      line: 5344,
      says: 'install the new table',
      writes: ['slot[A:0]'],
      changes: [{ location: 'slot[A:0]', before: 'T0 W=0', after: 'T1 W=1' }],
    },
    {
      thread: 'A/1',
      step: 'fault_again',
      line: 3630,
      says: 'back in the caller',
      function: '__handle_mm_fault',
      ...slot,
    },
    {
      thread: 'A/0',
      step: 'store_slot',
      line: 5290,
      says: 'store the slot with W set',
      reads: ['slot[A:0]'],
      writes: ['slot[A:0]'],
      changes: [{ location: 'slot[A:0]', before: 'T1 W=1', after: 'T1 W=1' }],
    },
  ],
  { step: 8, needed: 'the lock of T1, which slot[A:0] points to', found: 'A/0 holds the lock of T0' },
);

/** The race as a counterexample. */
export const told: Counterexample = {
  property: 'right-lock-for-slot',
  protocol: 'v5',
  scenario: 'two write-faults in A beside an idle B',
  threads: [
    { id: 'A/0', run: 'write-fault' },
    { id: 'A/1', run: 'write-fault' },
    { id: 'B/0', run: 'break-only' },
  ],
  trace: race,
  whole: false,
  command: [
    'npx',
    'cowpte',
    'replay',
    'out/traces/two-write-faults-in-a-beside-an-idle-b.right-lock-for-slot.json',
  ],
};
