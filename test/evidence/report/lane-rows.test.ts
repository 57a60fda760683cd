import { expect, test } from 'vitest';
import { laneRows } from '../../../evidence/report/lane-rows.ts';
import { Packing } from '../../../evidence/report/pack.ts';
import { unpack } from '../../../evidence/report/unpack.ts';
import { told } from '../made-trace.ts';

const packing = new Packing();
const packed = packing.trace('race', { told, text: '' }, '');
const trace = unpack(
  { strings: packing.strings, places: packing.places, traces: [packed], sources: [], graphs: [] },
  packed,
);
const brief = (all: boolean) =>
  laneRows(trace, all).map((row) => {
    if (row.kind === 'step') return `${row.enters ? `${row.enters}() ` : ''}CPU${row.step.cpu} ${row.step.n}`;
    return row.kind === 'fold' ? `${row.first}-${row.last} folded` : `CPU${row.from} -> CPU${row.to}`;
  });

test('steps without a part are folded; a hand-over is between steps that are shown', () => {
  expect(brief(false)).toEqual([
    '__handle_mm_fault() CPU0 1',
    'handle_cow_pte_fault() CPU0 2',
    '3-3 folded',
    'CPU0 -> CPU1',
    '__handle_mm_fault() CPU1 4',
    'handle_cow_pte_fault() CPU1 5',
    'CPU1 6',
    '__handle_mm_fault() CPU1 7',
    'CPU1 -> CPU0',
    'CPU0 8',
  ]);
});

test('all steps, each in the lane of its CPU', () => {
  expect(brief(true)).toEqual([
    '__handle_mm_fault() CPU0 1',
    'handle_cow_pte_fault() CPU0 2',
    'CPU0 -> CPU2',
    'handle_cow_pte_fault() CPU2 3',
    'CPU2 -> CPU1',
    '__handle_mm_fault() CPU1 4',
    'handle_cow_pte_fault() CPU1 5',
    'CPU1 6',
    '__handle_mm_fault() CPU1 7',
    'CPU1 -> CPU0',
    'CPU0 8',
  ]);
});
