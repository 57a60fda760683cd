import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commitColumns } from '../../evidence/commit-columns.ts';
import type { Counterexample } from '../../evidence/counterexample.ts';
import { lockdepColumns } from '../../evidence/lockdep-columns.ts';
import { madeTrace, race, told } from './made-trace.ts';

const widest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));
const untabbed = (text: string): string =>
  text
    .split('\n')
    .map((line) => {
      let out = '';
      for (const c of line) out += c === '\t' ? ' '.repeat(8 - (out.length % 8)) : c;
      return out;
    })
    .join('\n');

test("lockdep's columns", () => {
  expect(lockdepColumns(told)).toMatchInlineSnapshot(`
    "right-lock-for-slot in "two write-faults in A beside an idle B",
      protocol v5
    8 steps, 3 hand-overs; none is shorter.
    CPU0 is A/0 (write-fault), CPU1 is A/1 (write-fault).
    Left out, having no part in it: B/0 (break-only).
    Each line: number of the step, line of mm/memory.c, what happens.

           CPU0                    CPU1
           ----                    ----
      __handle_mm_fault()
      1 3620 read the slot
       ==> handle_cow_pte_fault()
       2 5254 read the slot for
           its table
         [src_pte = T0]

                                   __handle_mm_fault()
                                   4 3620 read the slot
                                    ==> handle_cow_pte_fault()
                                    5 5260 take the lock of the table that
                                        the slot pointed to before
                                      [ptl[T0] none -> A/1]
                                    6 5344 install the new table
                                      [slot[A:0] T0 W=0 -> T1 W=1]
                                   <== __handle_mm_fault()
                                   7 3630 back in the caller

    >  8 5290 store the slot with
           W set
         [slot[A:0] = T1 W=1, same
           value]

     *** right-lock-for-slot violated at step 8 ***

    needed: the lock of T1, which slot[A:0] points to; found: A/0 holds
      the lock of T0
    npx cowpte replay \\
      out/traces/two-write-faults-in-a-beside-an-idle-b.right-lock-for-\\
    slot.json
    "
  `);
});

test('columns of a commit message', () => {
  expect(commitColumns(told)).toMatchInlineSnapshot(`
    "right-lock-for-slot in "two write-faults in A beside an idle B", protocol
      v5
    8 steps, 3 hand-overs; none is shorter.
    CPU0 is A/0 (write-fault), CPU1 is A/1 (write-fault).
    Left out, having no part in it: B/0 (break-only).
    Each line: number of the step, line of mm/memory.c, what happens.

    	CPU0				CPU1
    	----				----
    	__handle_mm_fault()
    	1 3620 read the slot
    	 ==> handle_cow_pte_fault()
    	 2 5254 read the slot for its
    	     table
    	   [src_pte = T0]

    					__handle_mm_fault()
    					4 3620 read the slot
    					 ==> handle_cow_pte_fault()
    					 5 5260 take the lock of the table
    					     that the slot pointed to
    					     before
    					   [ptl[T0] none -> A/1]
    					 6 5344 install the new table
    					   [slot[A:0] T0 W=0 -> T1 W=1]
    					<== __handle_mm_fault()
    					7 3630 back in the caller

    	>  8 5290 store the slot with W
    	       set
    	     [slot[A:0] = T1 W=1, same
    	       value]

     *** right-lock-for-slot violated at step 8 ***

    needed: the lock of T1, which slot[A:0] points to; found: A/0 holds the
      lock of T0
    npx cowpte replay \\
      out/traces/two-write-faults-in-a-beside-an-idle-b.right-lock-for-slot.\\
    json
    "
  `);
});

test('three lanes, every step shown', () => {
  expect(lockdepColumns({ ...told, whole: true })).toMatchInlineSnapshot(`
    "right-lock-for-slot in "two write-faults in A beside an idle B",
      protocol v5
    8 steps, 3 hand-overs; none is shorter.
    CPU0 is A/0 (write-fault), CPU1 is B/0 (break-only), CPU2 is A/1
      (write-fault).
    Each line: number of the step, line of mm/memory.c, what happens.

      CPU0            CPU1            CPU2
      ----            ----            ----
      __handle_mm_fault()
      1 3620 read the slot
       ==> handle_cow_pte_fault()
       2 5254 read the slot for
           its table
         [src_pte = T0]

                      handle_cow_pte_fault()
                      3 5240 nothing that matters

                                      __handle_mm_fault()
                                      4 3620 read the slot
                                       ==> handle_cow_pte_fault()
                                       5 5260 take the lock of the table
                                           that the slot pointed to before
                                         [ptl[T0] none -> A/1]
                                       6 5344 install the new table
                                         [slot[A:0] T0 W=0 -> T1 W=1]
                                      <== __handle_mm_fault()
                                      7 3630 back in the caller

    >  8 5290 store the slot with
           W set
         [slot[A:0] = T1 W=1, same
           value]

     *** right-lock-for-slot violated at step 8 ***

    needed: the lock of T1, which slot[A:0] points to; found: A/0 holds
      the lock of T0
    npx cowpte replay \\
      out/traces/two-write-faults-in-a-beside-an-idle-b.right-lock-for-\\
    slot.json
    "
  `);
});

test('steps without part in the violation give way to dots', () => {
  const steps = race.steps.map((step) => (step.thread === 'B/0' ? { ...step, thread: 'A/1' } : step));
  const late = { ...steps[6]!, n: 8, thread: 'A/1', reads: [] };
  const trace = { ...race, steps: [...steps.slice(0, 7), late, { ...steps[7]!, n: 9 }] };
  const text = lockdepColumns({ ...told, trace: { ...trace, violation: { ...race.violation!, step: 9 } } });
  expect(text).toContain('\n                               ...\n');
  expect(text).not.toContain('\n                               8 3630');
});

test('headings and bodies stand where lockdep and commit messages have them', () => {
  const lines = lockdepColumns(told).split('\n');
  expect(lines).toContain('       CPU0                    CPU1');
  expect(lines).toContain('       ----                    ----');
  expect(lines).toContain('  __handle_mm_fault()');
  expect(lines).toContain('                               __handle_mm_fault()');
  const commit = commitColumns(told).split('\n');
  expect(commit).toContain('\tCPU0\t\t\t\tCPU1');
  expect(commit).toContain('\t----\t\t\t\t----');
  expect(commit).toContain('\t\t\t\t\t__handle_mm_fault()');
});

test('blanks instead of tabs give the same columns', () => {
  expect(commitColumns(told, true)).toBe(untabbed(commitColumns(told)));
});

test('a violation of the initial state has no steps', () => {
  const trace = madeTrace([], { step: 0, needed: 'W=0', found: 'W=1' });
  expect(
    lockdepColumns({ ...told, trace, command: ['npx', 'cowpte', 'replay', 'x.json'] }),
  ).toMatchInlineSnapshot(`
    "right-lock-for-slot in "two write-faults in A beside an idle B",
      protocol v5
    0 steps, 0 hand-overs; none is shorter.


     *** right-lock-for-slot violated in the initial state ***

    needed: W=0; found: W=1
    npx cowpte replay x.json
    "
  `);
});

test("a deadlock ends as lockdep's picture does", () => {
  const violation = { step: 8, needed: 'a step', found: 'none', deadlock: true } as const;
  for (const draw of [lockdepColumns, commitColumns]) {
    expect(draw({ ...told, trace: { ...race, violation } })).toContain('\n *** DEADLOCK ***\n\nneeded: ');
  }
});

test('an event of the hardware stands in brackets, and which one it is', () => {
  const step = {
    thread: 'A/0',
    step: 'user_mode',
    line: 767,
    says: '[processor in user mode]',
    event: 'FILL',
  };
  const text = commitColumns({ ...told, trace: madeTrace([step]) });
  expect(text).toContain('\t1 767 [processor in user mode] FILL\n');
});

test('five lanes become a list', () => {
  const steps = ['A', 'B', 'C', 'D', 'E'].map((mm) => ({
    thread: `${mm}/0`,
    step: 'read',
    line: 1,
    says: 'read the slot',
    reads: ['x'],
    writes: ['x'],
  }));
  const trace = madeTrace(steps, { step: 5, needed: 'a', found: 'b' });
  expect(lockdepColumns({ ...told, trace })).toContain('\n> CPU4 5 1 read the slot\n');
});

describe('whatever the names', () => {
  const nasty = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom('\u001b[2J', 'a\nb', 'x'.repeat(10_000), '\u202e', "it's $(rm -rf /)", '\t\t'),
  );
  const anyTold = fc.record({
    name: nasty,
    says: nasty,
    found: nasty,
    value: nasty,
    threads: fc.integer({ min: 1, max: 6 }),
  });
  const withNames = (names: {
    name: string;
    says: string;
    found: string;
    value: string;
    threads: number;
  }): Counterexample => {
    const steps = Array.from({ length: 12 }, (_, i) => ({
      thread: `T${i % names.threads}`,
      step: names.says,
      says: names.says,
      function: `${names.value}${i % 3}`,
      line: i * 997,
      writes: ['x'],
      changes: [{ location: names.name, before: names.value, after: names.says }],
    }));
    const trace = madeTrace(steps, { step: 12, needed: names.found, found: names.found });
    return {
      ...told,
      scenario: names.name,
      property: names.says,
      trace,
      command: ['npx', names.name, names.value],
    };
  };

  test('lockdep: printable ASCII in 70 columns', () => {
    fc.assert(
      fc.property(anyTold, (names) => {
        const text = lockdepColumns(withNames(names));
        expect(text).toMatch(/^[\x20-\x7e\n]*$/);
        const drawing = text.slice(0, text.indexOf('needed:'));
        expect(widest(drawing)).toBeLessThanOrEqual(70);
        expect(text).not.toMatch(/ \n/);
      }),
    );
  });

  test('commit message: printable ASCII and tabs in 75 columns', () => {
    fc.assert(
      fc.property(anyTold, (names) => {
        const text = commitColumns(withNames(names));
        expect(text).toMatch(/^[\x20-\x7e\t\n]*$/);
        const drawing = text.slice(0, text.indexOf('needed:'));
        expect(widest(untabbed(drawing))).toBeLessThanOrEqual(75);
      }),
    );
  });
});
