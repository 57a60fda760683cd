import { syncBuiltinESMExports } from 'node:module';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Options, withDefaults } from '../../explorer/options.ts';
import type { Outcome } from '../../explorer/outcome.ts';
import { explore } from '../../explorer/search/explore.ts';
import { FewestSwitchesRuns } from '../../explorer/search/fewest-switches-run.ts';
import { violationWithin } from '../../explorer/search/within-switches.ts';
import { exploreWithXState } from '../../explorer/xstate/explore.ts';
import type { System } from '../../model/language/system.ts';
import { increment } from '../classics/increment.ts';
import { petersonN } from '../classics/peterson-n.ts';

afterEach(() => vi.unstubAllGlobals());

/** Lets the arrays of the given kinds that are made from now on have so many bytes in all; then there is no more memory. */
function limit(bytes: number, kinds = ['Int32Array', 'Uint16Array', 'Uint8Array'] as const): void {
  let left = bytes;
  for (const kind of kinds) {
    const Real = globalThis[kind];
    const made = new Proxy(Real, {
      construct(target, args: unknown[], newTarget) {
        const size = typeof args[0] === 'number' ? args[0] * Real.BYTES_PER_ELEMENT : 0;
        if (size > left) throw new RangeError('Array buffer allocation failed');
        left -= size;
        return Reflect.construct(target, args, newTarget) as object;
      },
    });
    vi.stubGlobal(kind, made);
  }
}

const modes: readonly (readonly [string, Partial<Options>])[] = [
  ['exact', { reduce: 'none' }],
  ['reduced', {}],
  ['by fingerprints', { reduce: 'none', fingerprints: true }],
  ['by switches', { maxSwitches: 100 }],
];

/** Nothing is said to hold, and what is violated has a run. */
function expectHonest({ findings, exhaustive, reason }: Outcome): void {
  expect([exhaustive, reason]).not.toEqual([true, 'memory']);
  for (const { verdict, run } of findings) {
    if (!exhaustive) expect(verdict).not.toBe('holds');
    expect(verdict === 'violated').toBe(run !== null);
  }
}

describe.each(modes)('%s', (_, options) => {
  const sizes = [0.5, 1, 2, 4, 8, 16].map((n) => n * 2 ** 20);

  test('no bound on memory ends otherwise than as unknown', () => {
    for (const memory of [1, 1000, 100_000, 400_000, ...sizes]) {
      const outcome = explore(petersonN(4), { ...options, memory });
      expectHonest(outcome);
      if (memory <= 100_000) expect(outcome.reason).toBe('memory');
      if (outcome.reason === 'memory')
        expect(outcome.states * outcome.bytesPerState).toBeLessThanOrEqual(Math.max(memory, 900_000));
    }
  });

  test.each<[string, System]>([
    ['holds', petersonN(4)],
    ['violated', increment(6)],
  ])('memory that is not to be had: %s', (_name, system) => {
    const truth = explore(system, options);
    let ended = 0;
    for (let bytes = 100_000; ; bytes *= 1.3) {
      limit(bytes);
      let outcome: Outcome | null = null;
      try {
        outcome = explore(system, { ...options, engine: 'js' });
      } catch (error) {
        // Not even the buffers of the search.
        expect((error as Error).message).toBe('Array buffer allocation failed');
      }
      vi.unstubAllGlobals();
      if (!outcome) continue;
      expectHonest(outcome);
      if (outcome.reason === truth.reason && outcome.states === truth.states) break;
      expect(outcome.reason).toBe('memory');
      ended++;
    }
    // A reduced search needs no more than what it begins with.
    if (truth.reductions.length < 2 && truth.states > 16_384) expect(ended).toBeGreaterThan(0);
  });
});

test('XState takes no more objects than the heap of its thread allows', () => {
  expect(exploreWithXState(petersonN(3), { memory: 1e6, reduce: 'none' })).toMatchObject({
    reason: 'memory',
  });
});

test('no more than the machine allows, whatever is asked for', () => {
  expect(withDefaults({ memory: 2 ** 60 }).memory).toBeLessThan(2 ** 50);
  expect(withDefaults({ memory: 1000 }).memory).toBe(1000);
});

test('a container allows less than its machine has', () => {
  const allowed = vi.spyOn(process, 'constrainedMemory').mockReturnValue(1_000_000_000);
  syncBuiltinESMExports();
  expect(withDefaults().memory).toBe(700_000_000);
  expect(withDefaults({ memory: 2 ** 40 }).memory).toBe(900_000_000);
  allowed.mockRestore();
  syncBuiltinESMExports();
});

test('a violation whose run there is no memory to find is not beyond the bounds', () => {
  const find = vi.spyOn(FewestSwitchesRuns.prototype, 'find').mockImplementation(() => {
    throw new RangeError('Array buffer allocation failed');
  });
  try {
    const system = increment(2);
    const cut = explore(system, { maxSwitches: 2 });
    expect([cut.reason, cut.exhaustive, cut.findings[0]!.verdict]).toEqual(['memory', false, 'unknown']);
    const { answer, reason } = violationWithin(system, cut.findings[0]!.check, 2);
    expect([answer, reason]).toEqual(['unknown', 'memory']);
  } finally {
    find.mockRestore();
  }
});
