import { describe, expect, test } from 'vitest';
import { listing, readSources } from '../../../evidence/report/listing.ts';
import { Packing } from '../../../evidence/report/pack.ts';
import { packSources, type SourcePlace } from '../../../evidence/report/sources.ts';
import { unpack } from '../../../evidence/report/unpack.ts';
import { race, told } from '../made-trace.ts';

const packing = new Packing();
const packed = packing.trace('race', { told, text: '' }, '');
const trace = unpack(
  { strings: packing.strings, places: packing.places, traces: [packed], sources: [], graphs: [] },
  packed,
);
const last = trace.steps.at(-1)!;

/** A patch that shows three lines round 5290 and two round 3620. */
const lineOf = ({ source, file, line }: SourcePlace): string | null =>
  source === 'v5-04' && file === 'mm/memory.c' && [5289, 5290, 5291, 3620, 3621].includes(line)
    ? `\tline ${line};`
    : null;

describe('the lines of a patch', () => {
  test('that a trace needs are packed in runs', () => {
    expect(packSources(race.steps, lineOf)).toEqual([
      {
        source: 'v5-04',
        file: 'mm/memory.c',
        runs: [
          [3620, ['\tline 3620;', '\tline 3621;']],
          [5289, ['\tline 5289;', '\tline 5290;', '\tline 5291;']],
        ],
      },
    ]);
  });

  test('stand round the step', () => {
    const sources = readSources(packSources(race.steps, lineOf));
    expect(listing(trace, sources, last)).toEqual([
      { line: 5289, text: '\tline 5289;', kind: 'other' },
      { line: 5290, text: '\tline 5290;', kind: 'current' },
      { line: 5291, text: '\tline 5291;', kind: 'other' },
    ]);
  });

  test('of another part of the series are not taken', () => {
    const other = packSources(race.steps, (place) => lineOf({ ...place, source: 'v5-04' })).map(
      (packedSource) => ({
        ...packedSource,
        source: 'v5-05',
      }),
    );
    expect(listing(trace, readSources(other), last)[0]).toMatchObject({ kind: 'head' });
  });
});

test('without a patch the steps speak for themselves', () => {
  expect(listing(trace, new Map(), last)).toEqual([
    { line: null, text: '__handle_mm_fault() in mm/memory.c', kind: 'head' },
    { line: 3620, text: 'read the slot', kind: 'taken' },
    { line: null, text: 'handle_cow_pte_fault() in mm/memory.c', kind: 'head' },
    { line: 5254, text: 'read the slot for its table', kind: 'taken' },
    { line: 5290, text: 'store the slot with W set', kind: 'current' },
  ]);
});
