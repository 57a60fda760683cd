import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../explorer/compile/compile.ts';
import { withDefaults } from '../../explorer/options.ts';
import type { Outcome } from '../../explorer/outcome.ts';
import { readSystem } from '../../explorer/program/program.ts';
import { BreadthFirst } from '../../explorer/search/breadth-first.ts';
import { explore } from '../../explorer/search/explore.ts';
import { FingerprintGraph } from '../../explorer/search/fingerprint-graph.ts';
import { recoveredRuns } from '../../explorer/search/recovered-runs.ts';
import { collisionProbability, FingerprintStore } from '../../explorer/store/fingerprint-store.ts';
import { secondHash } from '../../explorer/store/second-hash.ts';
import { replay } from '../../explorer/trace/replay.ts';
import type { System } from '../../model/language/system.ts';
import { barriers } from '../classics/barriers.ts';
import { increment } from '../classics/increment.ts';
import { lock } from '../classics/lock.ts';
import { mcsLock } from '../classics/mcs-lock.ts';
import { peterson } from '../classics/peterson.ts';
import { petersonN } from '../classics/peterson-n.ts';
import { ticketLock } from '../classics/ticket-lock.ts';
import { twoPhaseCommit } from '../classics/two-phase-commit.ts';
import { randomSystem } from './random-system.ts';

/** What fingerprints may not change: counts, coverage, and what is violated; what holds is unknown. */
const known = ({ states, transitions, depth, coverage, findings }: Outcome) => ({
  states,
  transitions,
  depth,
  coverage,
  findings: findings.map(({ check, verdict, exercised }) => [check, verdict === 'violated', exercised]),
});

function expectSame(system: System, options: object): void {
  const exact = explore(system, options);
  const prints = explore(system, { ...options, fingerprints: true });
  expect(known(prints)).toEqual(known(exact));
  expect(prints).toMatchObject({ exhaustive: false, reason: 'fingerprints' });
  expect(prints.collisions).toBe(collisionProbability(exact.states));
  prints.findings.forEach(({ verdict, run, check }, n) => {
    expect(verdict).toBe(exact.findings[n]!.verdict === 'violated' ? 'violated' : 'unknown');
    if (run) replay(system, run, check);
    // Few states fit into the exact search for the run to show.
    expect(run).toEqual(exact.findings[n]!.run);
  });
}

const classics: readonly (readonly [string, System])[] = [
  ['barriers', barriers(3)],
  ['increment', increment(3)],
  ['lock', lock(3)],
  ['MCS lock', mcsLock(3)],
  ['peterson', peterson()],
  ['peterson for n', petersonN(3)],
  ['ticket lock', ticketLock(3)],
  ['two-phase commit', twoPhaseCommit(3)],
];

describe('counts and violations are those of the exact search', () => {
  test.each(classics)('%s', (_, system) => {
    expectSame(system, {});
    expectSame(system, { reduce: 'none' });
  });

  test('random systems, and runs taken again by fingerprints alone', () => {
    let recovered = 0;
    fc.assert(
      fc.property(randomSystem, (system) => {
        const program = readSystem(system);
        const search = new BreadthFirst(
          new FingerprintGraph(compile(program)),
          withDefaults({ maxStates: 300 }),
        );
        try {
          for (const run = search.run(); !run.next().done; );
        } catch (error) {
          if (error instanceof RangeError) return;
          throw error;
        }
        const violated = program.checks
          .map((c) => c.number)
          .filter((c) => search.violations.lengths[c]! >= 0);
        const { runs } = recoveredRuns(search, violated);
        expect([...runs.keys()]).toEqual(violated);
        for (const [check, run] of runs) {
          expect(run.moves).toHaveLength(search.violations.lengths[check]!);
          replay(system, run, program.checks[check]!.declared.name);
          recovered++;
        }
      }),
      { numRuns: 100, seed: 3 },
    );
    expect(recovered).toBeGreaterThan(60);
  });
});

test('other bounds end it as they end other searches', () => {
  const at = (options: object) => explore(petersonN(3), { reduce: 'none', fingerprints: true, ...options });
  const exact = explore(petersonN(3), { reduce: 'none', maxStates: 500 });
  expect(at({ maxStates: 500 })).toMatchObject({
    reason: 'max-states',
    states: exact.states,
    depth: exact.depth,
  });
  expect(at({ maxDepth: 4 })).toMatchObject({ reason: 'max-depth', depth: 4 });
  expect(at({ memory: 1000 })).toMatchObject({ reason: 'memory' });
  expect(at({ timeout: 0 })).toMatchObject({ reason: 'timeout' });
});

test('a state takes less memory, and states that were expanded are given back', () => {
  const exact = explore(petersonN(5), { reduce: 'none', maxStates: 400_000 });
  const prints = explore(petersonN(5), { reduce: 'none', maxStates: 400_000, fingerprints: true });
  expect(prints.states).toBe(exact.states);
  const compiled = compile(readSystem(petersonN(5)));
  const search = new BreadthFirst(new FingerprintGraph(compiled), withDefaults({ maxStates: 400_000 }));
  for (const run = search.run(); !run.next().done; );
  expect(() => search.graph.configuration(0)).toThrow('state 0 is no longer kept');
});

describe('two states with one fingerprint are taken for one', () => {
  const words = 1;
  const code = {
    hash: () => 7,
    copy: (from: Int32Array, at: number, to: Int32Array, tt: number) => {
      to[tt] = from[at]!;
    },
  };

  test('equal in one hash only: two states', () => {
    const store = new FingerprintStore(words, code);
    expect([1, 2, 1].map((n) => store.add(Int32Array.of(n), 0, 7))).toEqual([0, 1, -1]);
    expect(store.find(Int32Array.of(2), 0)).toBe(1);
    expect(store.find(Int32Array.of(3), 0)).toBe(-1);
  });

  test('how likely that is', () => {
    expect([0, 1, 2, 2 ** 32].map(collisionProbability)).toEqual([0, 0, 2 ** -64, 0.5 - 2 ** -33]);
    expect(collisionProbability(2 ** 40)).toBe(1);
  });
});

test('the second hash is that of xxHash32 for short inputs', () => {
  const bytes = (...words: number[]) => secondHash(Int32Array.of(...words), 0, words.length) >>> 0;
  // What the reference program prints for these bytes with seed 0.
  expect(bytes()).toBe(0x02cc5d05);
  expect(new Set(Array.from({ length: 10_000 }, (_, n) => bytes(n, 0))).size).toBe(10_000);
});
