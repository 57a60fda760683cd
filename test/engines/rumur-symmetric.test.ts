import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { symmetricMurphiText } from '../../engines/murphi/symmetric/symmetric.ts';
import { runRumur } from '../../engines/run-rumur.ts';
import { explore } from '../../explorer/search/explore.ts';
import type { System } from '../../model/language/system.ts';
import { increment } from '../classics/increment.ts';
import { mcsLock } from '../classics/mcs-lock.ts';
import { petersonN } from '../classics/peterson-n.ts';
import { twoPhaseCommit } from '../classics/two-phase-commit.ts';
import { kernelSystem, withChecks } from './kernel-system.ts';
import { randomSymmetricSystem } from './random-symmetric-system.ts';
import { crossing, doors, teams } from './symmetric-systems.ts';
import { tools } from './tools.ts';

const { skip, title } = tools('rumur');

function rumur(system: System, judge: boolean) {
  const told = runRumur(symmetricMurphiText(system, { judge }), { optimise: '-O0', symmetry: 'exhaustive' });
  if (told.kind !== 'done') throw new Error(`${system.name}: ${told.why}`);
  return { states: told.states, transitions: told.transitions, violated: told.violated };
}

const ours = (system: System) => explore(system, { reductions: ['symmetry'] });

function sameCounts(system: System): void {
  const { states, transitions } = ours(system);
  expect(rumur(system, false)).toEqual({ states, transitions, violated: [] });
}

const violatedIn = (system: System): string[] =>
  ours(system)
    .findings.filter((f) => f.verdict === 'violated')
    .map((f) => f.check);

function sameVerdicts(system: System): void {
  for (const { name } of system.checks) {
    const alone = withChecks(system, [name]);
    expect(rumur(alone, true).violated).toEqual(violatedIn(alone));
  }
}

/** Published counts of orbits, and those of the kernel's systems. */
const orbits: readonly (readonly [System, number])[] = [
  [increment(2), 8],
  [mcsLock(2), 81],
  [mcsLock(3), 1285],
  [petersonN(3), 172],
  [twoPhaseCommit(3), 80],
  [twoPhaseCommit(5), 314],
  [doors(3, 2), 68],
  [crossing(true), 21],
  [kernelSystem(['A:break-only', 'A:break-only', 'B:idle']), 2566],
  [kernelSystem(['A:break-only', 'B:break-only']), 562],
];

describe.skipIf(skip)(`rumur with its symmetry reduction counts the same orbits${title}`, () => {
  test.each(orbits.map((o) => [o[0].name, ...o] as const))('%s', (_, system, states) => {
    expect(ours(system).states).toBe(states);
    sameCounts(system);
  });

  test('what is violated for us is violated for rumur, and nothing else', () => {
    const system = kernelSystem(['A:break-only', 'B:break-only'], 'v5-put-before-lock');
    const violated = violatedIn(system);
    expect(violated).toEqual(['refcount-matches', 'no-table-leak', 'put-never-last']);
    expect(rumur(withChecks(system, ['no-table-leak']), true).violated).toEqual(['no-table-leak']);
    const rest = withChecks(
      system,
      system.checks.map((c) => c.name).filter((name) => !violated.includes(name)),
    );
    const { states, transitions } = ours(rest);
    expect(rumur(rest, true)).toEqual({ states, transitions, violated: [] });
  });

  test.each([true, false])(
    'who waits for the dead is excused, of those that can be exchanged (%s)',
    (keeps) => {
      const system = crossing(keeps);
      expect(violatedIn(system)).toEqual(keeps ? system.checks.map((c) => c.name) : []);
      sameVerdicts(system);
    },
  );

  test('a group that permutes no set at will is used as far as it does', () => {
    const [whole, part] = [teams(['members', 'teams']), teams(['members'])];
    expect(symmetricMurphiText(whole)).toContain('-- Of 8 symmetries the text shows 4:');
    expect(ours(whole).states).toBeLessThan(ours(part).states);
    const { states, transitions } = ours(part);
    expect(rumur(whole, false)).toEqual({ states, transitions, violated: [] });
    sameVerdicts(whole);
  });

  test('random systems', () => {
    const large = randomSymmetricSystem.filter((system) => ours(system).states > 20);
    fc.assert(fc.property(large, sameCounts), { numRuns: 3, seed: 7 });
  });
});
