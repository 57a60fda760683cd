import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stepFrame } from '../../evidence/step-frame.ts';
import { madeTrace, race, told } from './made-trace.ts';

const state = (slot: string, seen: string) => ({
  shared: { 'slot[A:0]': slot, 'slot[B:0]': 'T0 W=0', 'ref[T0]': '2' },
  threads: {
    'A/0': { at: 'store_slot', locals: { seen } },
    'A/1': { at: 'ended', locals: { seen: 'none' } },
    'B/0': { at: 'enter', locals: {} },
  },
});
const steps = race.steps.map((step, i) => ({
  ...step,
  state: state(i < 5 ? 'T0 W=0' : 'T1 W=1', i < 1 ? 'none' : 'T0'),
  locals: i === 1 ? [{ name: 'seen', before: 'none', after: 'T0' }] : [],
}));
const trace = { ...race, initial: state('T0 W=0', 'none'), steps };
const shown = { ...told, trace };

test('a page for a step: lanes down to it, where threads stand, what is where', () => {
  expect(stepFrame(shown, 2)).toMatchInlineSnapshot(`
    "right-lock-for-slot in "two write-faults in A beside an idle B",
      protocol v5
    step 2 of 8

      CPU0            CPU1            CPU2
      ----            ----            ----
      __handle_mm_fault()
      1 3620 read the slot
       ==> handle_cow_pte_fault()
       2 5254 read the slot for
           its table
         [seen = T0]

    * A/0 (write-fault) is at store_slot, seen = T0
      A/1 (write-fault) is at ended
      B/0 (break-only) is at enter

      slot[A:0] = T0 W=0
    "
  `);
});

test('the initial state, and the end', () => {
  expect(stepFrame(shown, 0)).toMatchInlineSnapshot(`
    "right-lock-for-slot in "two write-faults in A beside an idle B",
      protocol v5
    step 0 of 8

      CPU0            CPU1            CPU2
      ----            ----            ----

      A/0 (write-fault) is at store_slot
      A/1 (write-fault) is at ended
      B/0 (break-only) is at enter

      slot[A:0] = T0 W=0
    "
  `);
  const end = stepFrame(shown, 8);
  expect(end).toContain('\n *** right-lock-for-slot violated ***\nneeded: the lock of T1');
  expect(end).toContain('\n* slot[A:0] = T1 W=1');
  expect(end).toContain('\n  ...\n');
});

test('whatever the names: printable ASCII in 70 columns', () => {
  const nasty = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\u001b[2J', 'x'.repeat(300), '\r'));
  fc.assert(
    fc.property(nasty, nasty, fc.integer({ min: 0, max: 3 }), (name, value, n) => {
      const made = madeTrace(
        [1, 2, 3].map((i) => ({
          thread: 'A/0',
          step: name,
          line: i,
          says: value,
          writes: [name],
          changes: [{ location: name, before: '', after: value }],
          locals: [{ name, before: '', after: value }],
          state: {
            shared: { [name]: value + i },
            threads: { 'A/0': { at: name, locals: { [name]: value } } },
          },
        })),
        { step: 3, needed: name, found: value },
      );
      const text = stepFrame({ ...told, scenario: name, property: value, trace: made }, n);
      expect(text).toMatch(/^[\x20-\x7e\n]*$/);
      const lines = text.slice(0, text.indexOf('needed:')).split('\n');
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(75);
    }),
  );
});
