import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explore } from '../../explorer/search/explore.ts';
import { Xoshiro128 } from '../../explorer/search/xoshiro.ts';
import { DistinctEstimate } from '../../explorer/store/distinct-estimate.ts';
import { secondHash } from '../../explorer/store/second-hash.ts';
import { replay } from '../../explorer/trace/replay.ts';
import { increment } from '../classics/increment.ts';
import { mcsLock } from '../classics/mcs-lock.ts';
import { petersonN } from '../classics/peterson-n.ts';
import { randomSystem } from './random-system.ts';

describe('random walks', () => {
  test('find what is there, say nothing of the rest, and what they took was taken', () => {
    let found = 0;
    fc.assert(
      fc.property(randomSystem, (system) => {
        let truth: ReturnType<typeof explore>;
        try {
          truth = explore(system, { reduce: 'none', maxStates: 400 });
        } catch (error) {
          if (error instanceof RangeError) return;
          throw error;
        }
        if (!truth.exhaustive) return;
        const walked = explore(system, { sample: 20, seed: 1, maxDepth: 200 });
        expect(walked).toMatchObject({ exhaustive: false, reason: 'sampled' });
        walked.findings.forEach(({ verdict, run, check }, n) => {
          if (verdict !== 'violated') expect([verdict, run]).toEqual(['unknown', null]);
          else {
            const best = truth.findings[n]!.run!;
            expect(run!.moves.length).toBeGreaterThanOrEqual(best.moves.length);
            expect(run!.shortest).toBe(false);
            replay(system, run!, check);
            found++;
          }
        });
        walked.coverage.forEach(({ taken }, n) => {
          if (taken) expect(truth.coverage[n]!.taken).toBe(true);
        });
        expect(walked.sample!.taken).toBe(walked.coverage.filter((c) => c.taken).length);
      }),
      { numRuns: 60, seed: 2 },
    );
    expect(found).toBeGreaterThan(30);
  });

  test('are the same for a seed', () => {
    const walk = (seed: number) => ({ ...explore(increment(3), { sample: 50, seed }), seconds: 0 });
    expect(walk(5)).toEqual(walk(5));
    expect(walk(5)).not.toEqual(walk(6));
    expect(walk(5).sample).toMatchObject({ walks: 50, ended: 50, seed: 5, steps: 300 });
  });

  test('see every state if there are many of them', () => {
    const all = explore(mcsLock(2), { reduce: 'none' });
    const { states, coverage, sample } = explore(mcsLock(2), { sample: 500, seed: 0, maxDepth: 500 });
    expect(Math.abs(states - all.states)).toBeLessThanOrEqual(1 + all.states * 0.05);
    expect(coverage).toEqual(all.coverage);
    expect(sample!.walks).toBe(500);
  });

  test('end by bounds', () => {
    expect(explore(petersonN(3), { sample: 10, timeout: 0, maxDepth: 1000 })).toMatchObject({
      reason: 'timeout',
    });
    const aborted = explore(petersonN(3), { sample: 1000, signal: AbortSignal.abort() });
    expect(aborted).toMatchObject({ reason: 'interrupted', sample: { walks: 0 } });
    expect(explore(increment(3), { sample: 1000, first: true })).toMatchObject({ reason: 'first' });
    expect(explore(increment(2), { sample: 3, maxDepth: 2 })).toMatchObject({
      depth: 2,
      sample: { steps: 6, ended: 0 },
    });
  });
});

describe('xoshiro128**', () => {
  test('gives what the reference gives', () => {
    const random = new Xoshiro128(1, 2, 3, 4);
    expect(Array.from({ length: 8 }, () => random.next())).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849,
    ]);
  });

  test('draws each number below a bound about equally often', () => {
    const random = Xoshiro128.seeded(0);
    const drawn = [0, 0, 0];
    for (let n = 0; n < 30_000; n++) drawn[random.below(3)]!++;
    for (const times of drawn) expect(Math.abs(times - 10_000)).toBeLessThan(400);
  });
});

test.each([0, 1, 100, 5000, 50_000, 300_000])('%s different states are estimated within 5 %%', (many) => {
  const estimate = new DistinctEstimate();
  for (let n = 0; n < many; n++) {
    const state = Int32Array.of(n, n >> 3);
    for (let twice = 0; twice < 2; twice++) {
      estimate.add(Math.imul(secondHash(state, 0, 1), 0x9e3779b1), secondHash(state, 0, 2));
    }
  }
  expect(Math.abs(estimate.count - many)).toBeLessThanOrEqual(many * 0.05);
});
