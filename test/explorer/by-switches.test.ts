import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assemble } from '../../checking/assemble.ts';
import { initialConfiguration } from '../../explorer/program/configuration.ts';
import { readSystem } from '../../explorer/program/program.ts';
import { explore } from '../../explorer/search/explore.ts';
import { violationWithin } from '../../explorer/search/within-switches.ts';
import { replay } from '../../explorer/trace/replay.ts';
import { xstateSuccessors } from '../../explorer/xstate/successors.ts';
import { go } from '../../model/language/machine.ts';
import type { System } from '../../model/language/system.ts';
import { suites } from '../../model/scenarios/suites/index.ts';
import { protocols } from '../../model/variants/index.ts';
import { properties } from '../../properties/index.ts';
import { algorithm, check, system, thread } from '../classics/build.ts';
import { increment } from '../classics/increment.ts';
import { mcsLock } from '../classics/mcs-lock.ts';
import { petersonN } from '../classics/peterson-n.ts';
import { randomSystem } from './random-system.ts';

/** Two threads, of which one goes round for ever. */
const endless = system(
  'endless',
  [],
  [
    thread(
      'round',
      algorithm('round', {
        entry: 'a',
        tags: { a: ['open'], b: ['open'] },
        places: { a: [go('b')], b: [go('a')] },
      }),
      { me: 0 },
    ),
    thread('once', algorithm('once', { entry: 'a', places: { a: [go('ended')] } }), { me: 1 }),
  ],
  [check('leaves', { leaves: 'open' })],
);

const verdicts = (o: ReturnType<typeof explore>): string[] => o.findings.map((f) => f.verdict);

/**
 * For each check the least number of steps with which a step violates it, by switches, of all runs of up to `most` steps and
 * up to `most` switches: every walk is taken, equal ones once.
 */
function bruteForce(system: System, most: number): Map<string, (number | undefined)[]> {
  const program = readSystem(system);
  const found = new Map(system.checks.map((c) => [c.name, [] as (number | undefined)[]]));
  let walks = new Map([['', { now: initialConfiguration(program), last: -1, switches: 0 }]]);
  for (let steps = 1; steps <= most; steps++) {
    const next: typeof walks = new Map();
    for (const { now, last, switches } of walks.values()) {
      for (const step of xstateSuccessors(program, now)) {
        const after = switches + Number(last >= 0 && last !== step.thread);
        for (const check of step.violated) found.get(system.checks[check]!.name)![after] ??= steps;
        next.set(JSON.stringify([step.to, step.thread, after]), {
          now: step.to,
          last: step.thread,
          switches: after,
        });
      }
    }
    walks = next;
  }
  return found;
}

/** Null for an error of the model. */
function whole(system: System): ReturnType<typeof explore> | null {
  try {
    return explore(system, { reduce: 'none', maxStates: 400 });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

describe('runs with the fewest switches, of these the shortest', () => {
  const most = 6;
  test('as all walks show', () => {
    let seen = 0;
    fc.assert(
      fc.property(randomSystem, (system) => {
        if (!whole(system)?.exhaustive) return;
        const walks = bruteForce(system, most);
        for (const maxSwitches of [0, 1, 2, most]) {
          const { findings } = explore(system, { maxSwitches, maxDepth: most, reduce: 'none' });
          for (const { check, run, verdict } of findings) {
            if (check === 'no-deadlock' || run?.moves.length === 0) continue;
            const costs = walks.get(check)!.slice(0, maxSwitches + 1);
            const fewest = costs.findIndex((c) => c !== undefined);
            expect(verdict === 'violated').toBe(fewest >= 0);
            if (!run) continue;
            expect([run.switches, run.moves.length, run.shortest]).toEqual([fewest, costs[fewest], true]);
            const { violation, switches } = replay(system, run, check);
            expect([violation?.step, switches]).toEqual([run.moves.length, fewest]);
            seen++;
          }
        }
      }),
      { numRuns: 60, seed: 11 },
    );
    expect(seen).toBeGreaterThan(100);
  });

  test('a bound that is never needed gives the verdicts and counts of the plain search', () => {
    let exhaustive = 0;
    fc.assert(
      fc.property(randomSystem, (system) => {
        const plain = whole(system);
        if (!plain?.exhaustive) return;
        const bounded = explore(system, { reduce: 'none', maxSwitches: 1000 });
        expect(verdicts(bounded)).toEqual(verdicts(plain));
        expect([bounded.states, bounded.transitions]).toEqual([plain.states, plain.transitions]);
        expect(bounded.coverage).toEqual(plain.coverage);
        expect(bounded).toMatchObject({ exhaustive: true, reason: null });
        for (const { run, check } of bounded.findings) {
          if (!run) continue;
          const other = plain.findings.find((f) => f.check === check)!.run!;
          expect(run.switches).toBeLessThanOrEqual(other.switches);
          expect(run.moves.length).toBeGreaterThanOrEqual(other.moves.length);
          replay(system, run, check);
        }
        // Every smaller bound says the same of less, and never that something holds which does not.
        for (let maxSwitches = 0; maxSwitches < 4; maxSwitches++) {
          const less = explore(system, { reduce: 'none', maxSwitches });
          expect(less.states).toBeLessThanOrEqual(plain.states);
          less.findings.forEach(({ verdict, run }, n) => {
            const { verdict: truth, run: best } = bounded.findings[n]!;
            const within = best !== null && best.switches <= maxSwitches;
            expect(verdict).toBe(within ? 'violated' : less.exhaustive ? truth : 'unknown');
            expect(run).toEqual(within ? best : null);
          });
          if (less.exhaustive) exhaustive++;
        }
      }),
      { numRuns: 100, seed: 5 },
    );
    expect(exhaustive).toBeGreaterThan(20);
  });
});

describe('a bound on switches', () => {
  test('the lost update takes two switches', () => {
    expect(explore(increment(2), { maxSwitches: 0 })).toMatchObject({
      reason: 'max-switches',
      exhaustive: false,
      switches: 0,
    });
    expect(verdicts(explore(increment(3), { maxSwitches: 1 }))).toEqual(['unknown']);
    const found = explore(increment(3), { maxSwitches: 2 });
    expect(verdicts(found)).toEqual(['violated']);
    expect(found.findings[0]!.run).toMatchObject({ switches: 2, shortest: true });
    expect(explore(increment(3), { maxSwitches: 50, first: true })).toMatchObject({ reason: 'first' });
  });

  test('what holds is proven once the bound keeps nothing back', () => {
    const plain = explore(mcsLock(3), { reduce: 'none' });
    const at = (maxSwitches: number) => explore(mcsLock(3), { reduce: 'none', maxSwitches });
    const least = [...Array(100).keys()].find((n) => at(n).exhaustive)!;
    expect([at(least).states, at(least).transitions, least]).toEqual([plain.states, plain.transitions, 9]);
    expect(verdicts(at(least))).toEqual(verdicts(plain));
    expect(at(least - 1)).toMatchObject({ reason: 'max-switches', switches: least - 1 });
  });

  test('runs without end are judged only then', () => {
    expect(verdicts(explore(endless, {}))).toEqual(['violated']);
    expect(explore(endless, { maxSwitches: 0 })).toMatchObject({
      reason: 'max-switches',
      findings: [{ verdict: 'unknown' }],
    });
    expect(verdicts(explore(endless, { maxSwitches: 100 }))).toEqual(['violated']);
  });

  test('other bounds end it as they end other searches', () => {
    const bounded = (options: object) => explore(petersonN(3), { maxSwitches: 100, ...options });
    expect(bounded({ maxStates: 50 })).toMatchObject({ reason: 'max-states', exhaustive: false });
    expect(bounded({ maxStates: 50 }).states).toBeLessThanOrEqual(50);
    expect(bounded({ maxDepth: 5 })).toMatchObject({ reason: 'max-depth', depth: 5 });
    expect(bounded({ memory: 1000 })).toMatchObject({ reason: 'memory', switches: -1 });
    expect(bounded({ timeout: 0 })).toMatchObject({ reason: 'timeout' });
    expect(bounded({ signal: AbortSignal.abort() })).toMatchObject({ reason: 'interrupted' });
  });
});

describe('is there a violation with that few switches?', () => {
  const scenario = suites.default.find((s) => s.name === 'two breaks in A beside an idle B')!;
  const system = assemble(scenario, protocols.find((p) => p.name === 'v5')!, properties);

  test.each(['seqcount-one-writer', 'no-deadlock'])('%s', (check) => {
    const { run } = explore(system, { maxSwitches: 30 }).findings.find((f) => f.check === check)!;
    const fewest = run?.switches ?? 31;
    expect(violationWithin(system, check, fewest - 1)).toMatchObject({
      answer: 'no',
      run: null,
      reason: null,
    });
    if (!run) return;
    expect(violationWithin(system, check, fewest)).toMatchObject({ answer: 'yes', run, reason: null });
    expect(violationWithin(system, check, fewest, { maxDepth: run.moves.length - 1 }).answer).toBe('no');
    expect(violationWithin(system, check, fewest, { maxStates: 10 })).toMatchObject({
      answer: 'unknown',
      run: null,
      reason: 'max-states',
    });
  });

  test('a check that is not there', () => {
    expect(() => violationWithin(system, 'nothing', 1)).toThrow(ReferenceError);
  });

  test('runs without end leave it open', () => {
    expect(violationWithin(endless, 'leaves', 100)).toMatchObject({
      answer: 'unknown',
      reason: 'max-switches',
    });
  });
});
