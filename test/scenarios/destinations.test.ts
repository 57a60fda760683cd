import { expect, test } from 'vitest';
import { startOf } from '../../checking/start.ts';
import { NONE } from '../../model/language/expression.ts';
import { InputError } from '../../model/scenarios/input-error.ts';
import { readScenario } from '../../model/scenarios/read.ts';

const move = (keys: object, initial: unknown = 'shared') => {
  const threads = [{ mm: 'A', run: 'mremap', ...keys }];
  const file = { name: 'move', mms: { A: {}, B: {} }, initial, threads, config: { slots: 2, entries: 2 } };
  return readScenario(JSON.stringify(file), 'move.json');
};

test.each<[string, object, string]>([
  ['needed', {}, "threads[0].to: missing; 'mremap' needs a destination"],
  ['another slot', { to: 0 }, "threads[0].to: 0 is the slot that 'mremap' moves"],
  ['a slot', { to: 2 }, 'threads[0].to: 2 is not a whole number from 0 to 1'],
])('the destination of an mremap is %s', (_, keys, line) => {
  try {
    move(keys);
    expect.unreachable();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    expect(error.line).toBe(`move.json: ${line}`);
  }
});

test('nothing is mapped there, and the mover has no vma there', () => {
  const mapped = (keys: object) => {
    const start = startOf(move(keys));
    return {
      pages: [0, 1].map((slot) =>
        [0, 1].map((entry) => start.entryAtStart(start.slotAtStart(1, slot).table, entry).page !== NONE),
      ),
      gone: [0, 1, null].map((part) => start.vmaGoneAtStart(0, 1, part)),
      goneForOthers: start.vmaGoneAtStart(1, 1, 0),
      split: start.vmaSplitAtStart(0, 1),
    };
  };
  expect(mapped({ to: 1 })).toEqual({
    pages: [
      [true, true],
      [false, false],
    ],
    gone: [true, true, true],
    goneForOthers: false,
    split: false,
  });
  // A neighbour lies round a single entry.
  expect(mapped({ to: 1, entry: 0 })).toEqual({
    pages: [
      [true, true],
      [false, true],
    ],
    gone: [true, false, false],
    goneForOthers: false,
    split: true,
  });
});
