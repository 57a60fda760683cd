import { describe, expect, test } from 'vitest';
import { fixedEdits } from '../../checking/findings/edits.ts';
import { suites } from '../../model/scenarios/suites/index.ts';
import { asPosted } from '../../model/variants/protocol.ts';
import { edited, explored, protocolNamed } from './explored.ts';

const fixed = protocolNamed('fixed');

describe('the corrected protocol', () => {
  test.each([...suites.default, ...suites.deep].map((s) => s.name))('holds in %s', (scenario) => {
    const { exhaustive, violated } = explored(fixed, scenario);
    expect({ exhaustive, violated }).toEqual({ exhaustive: true, violated: [] });
  });

  test('consists of the edits that are described', () => {
    const changed = Object.entries(fixed.edits).filter(
      ([name, value]) => value !== asPosted[name as 'recheck'],
    );
    expect(fixedEdits.map((e) => e.name).sort()).toEqual(changed.map(([name]) => name).sort());
  });
});

/** What fails where one edit is left out, in full. */
const without: Readonly<Record<string, readonly string[]>> = {
  slotUnderPmdLock: ['right-lock-for-slot', 'no-use-after-free'],
  tableLock: ['refcount-matches', 'no-table-leak', 'put-never-last'],
  shareCount: ['refcount-matches', 'no-table-leak', 'lifecycle', 'no-use-after-free'],
  putOutsideWarning: ['refcount-matches', 'no-table-leak'],
  flushInLock: ['tlb-no-freed-walk'],
  seqcount: ['seqcount-one-writer', 'seqcount-odd-inside', 'seqcount-even-outside', 'seqcount-settles'],
  everyFaultBreaks: ['shared-never-modified'],
  zapInOneSection: ['no-lost-entry'],
  forkInOneSection: ['shared-is-read-only'],
  rmapLooksAgain: ['shared-never-modified'],
  mremapBreaksBoth: ['shared-never-modified', 'accounting'],
};

describe('each of its edits is needed', () => {
  test.each(fixedEdits)('without $name', ({ name, leftOut }) => {
    const { exhaustive, violated } = explored(edited('fixed', { [name]: asPosted[name] }), leftOut.scenario);
    expect(exhaustive).toBe(true);
    expect(violated).toEqual(without[name]);
    expect(violated).toContain(leftOut.property);
  });
});
