import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Configuration, initialConfiguration } from '../../explorer/program/configuration.ts';
import { readSystem } from '../../explorer/program/program.ts';
import { explore } from '../../explorer/search/explore.ts';
import { replay } from '../../explorer/trace/replay.ts';
import { xstateSuccessors } from '../../explorer/xstate/successors.ts';
import type { System } from '../../model/language/system.ts';
import { randomSystem } from './random-system.ts';

interface Walk {
  readonly now: Configuration;
  readonly last: number;
  readonly switches: number;
  /** Thread and event numbers, two digits each, so that walks of one length compare as text. */
  readonly moves: string;
}

/** The best run to a violating step among all runs of up to `most` steps, by trying them all, level by level. */
function bruteForce(system: System, check: string, most: number): Walk | null {
  const program = readSystem(system);
  const number = program.checkNumber.get(check)!;
  let walks: Walk[] = [{ now: initialConfiguration(program), last: -1, switches: 0, moves: '' }];
  for (let length = 0; length < most; length++) {
    const next = new Map<string, Walk>();
    const found: Walk[] = [];
    for (const walk of walks) {
      for (const step of xstateSuccessors(program, walk.now)) {
        const switches = walk.switches + Number(walk.last >= 0 && walk.last !== step.thread);
        const moves = `${walk.moves}${step.thread}${step.event.number} `;
        const better = { now: step.to, last: step.thread, switches, moves };
        if (step.violated.includes(number)) found.push(better);
        const key = JSON.stringify([step.to, step.thread, switches]);
        const known = next.get(key);
        if (!known || moves < known.moves) next.set(key, better);
      }
    }
    found.sort((a, b) => a.switches - b.switches || (a.moves < b.moves ? -1 : 1));
    if (found[0]) return found[0];
    walks = [...next.values()];
  }
  return null;
}

test('the run shown is the shortest, with the fewest switches, then the first by thread and event', () => {
  let seen = 0;
  fc.assert(
    fc.property(randomSystem, (system) => {
      const program = readSystem(system);
      const { findings } = explore(system, { maxStates: 500 });
      for (const { run, check } of findings) {
        if (!run || run.moves.length === 0 || run.moves.length > 7 || check === 'no-deadlock') continue;
        const best = bruteForce(system, check, run.moves.length)!;
        let now = initialConfiguration(program);
        let moves = '';
        for (const move of run.moves) {
          const step = xstateSuccessors(program, now).find(
            (s) => s.thread === move.thread && s.event.name === move.event,
          )!;
          moves += `${step.thread}${step.event.number} `;
          now = step.to;
        }
        expect([moves, run.switches]).toEqual([best.moves, best.switches]);
        expect(replay(system, run, check).violation?.step).toBe(run.moves.length);
        seen++;
      }
    }),
    { numRuns: 150, seed: 7 },
  );
  expect(seen).toBeGreaterThan(50);
});

test('without looking for shortest runs the verdicts are the same, and the runs are real', () => {
  let longer = 0;
  fc.assert(
    fc.property(randomSystem, (system) => {
      const shortest = explore(system, { maxStates: 500 });
      const found = explore(system, { maxStates: 500, shortest: false });
      expect(found.findings.map((f) => [f.check, f.verdict])).toEqual(
        shortest.findings.map((f) => [f.check, f.verdict]),
      );
      found.findings.forEach(({ check, run }, n) => {
        if (!run || run.lasso !== undefined) return;
        expect(replay(system, run, check).violation).not.toBeNull();
        const most = shortest.findings[n]!.run!;
        if (!most.shortest) return;
        expect(run.moves.length).toBeGreaterThanOrEqual(most.moves.length);
        longer += Number(run.moves.length > most.moves.length);
      });
    }),
    { numRuns: 150, seed: 7 },
  );
  expect(longer).toBeGreaterThan(0);
});
