import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { murphiText } from '../../engines/murphi/murphi.ts';
import { runRumur } from '../../engines/run-rumur.ts';
import { explore } from '../../explorer/search/explore.ts';
import type { System } from '../../model/language/system.ts';
import { randomSystem } from '../explorer/random-system.ts';
import { dying } from './dying-system.ts';
import { kernelSystem, withChecks } from './kernel-system.ts';
import { classics, kernel } from './systems.ts';
import { tools } from './tools.ts';

const { skip, title } = tools('rumur');

function rumur(system: System, judge: boolean) {
  const told = runRumur(murphiText(system, { judge }), { optimise: '-O0' });
  if (told.kind !== 'done') throw new Error(`${system.name}: ${told.why}`);
  return { states: told.states, transitions: told.transitions, violated: told.violated };
}

const violatedIn = (system: System): string[] =>
  explore(system, { reduce: 'none' })
    .findings.filter((f) => f.verdict === 'violated')
    .map((f) => f.check);

function sameCounts(system: System): void {
  const { states, transitions } = explore(system, { reduce: 'none' });
  expect(rumur(system, false)).toEqual({ states, transitions, violated: [] });
}

describe.skipIf(skip)(`rumur counts the same states and fires as many rules${title}`, () => {
  test.each([...classics, ...kernel.slice(0, 3)].map((s) => [s.name, s] as const))('%s', (_, system) => {
    sameCounts(system);
  });

  test('what holds for us holds for rumur, in one run', () => {
    const [system] = kernel;
    expect(violatedIn(system!)).toEqual([]);
    const { states, transitions } = explore(system!, { reduce: 'none' });
    expect(rumur(system!, true)).toEqual({ states, transitions, violated: [] });
  });

  test('what is violated for us is violated for rumur, each by itself', () => {
    const system = kernelSystem(['A:break-only', 'B:break-only'], 'v5-put-before-lock');
    const violated = violatedIn(system);
    expect(violated.length).toBeGreaterThan(2);
    for (const name of violated) expect(rumur(withChecks(system, [name]), true).violated).toEqual([name]);
    const holding = system.checks.map((c) => c.name).filter((name) => !violated.includes(name));
    expect(rumur(withChecks(system, holding), true).violated).toEqual([]);
  });

  test('waiting for the dead is excused, waiting for the living is not', () => {
    for (const forgets of [false, true]) {
      const system = dying(forgets);
      sameCounts(system);
      for (const { name } of system.checks) {
        const alone = withChecks(system, [name]);
        expect(rumur(alone, true).violated).toEqual(violatedIn(alone));
      }
    }
  });

  test('random systems', () => {
    fc.assert(fc.property(randomSystem, sameCounts), { numRuns: 4, seed: 5 });
  });
});
