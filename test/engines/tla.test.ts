import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tlaText } from '../../engines/tla/tla.ts';
import { explore } from '../../explorer/search/explore.ts';
import type { System } from '../../model/language/system.ts';
import { increment } from '../classics/increment.ts';
import { twoPhaseCommit } from '../classics/two-phase-commit.ts';
import { randomSystem } from '../explorer/random-system.ts';
import { dying } from './dying-system.ts';
import { kernelSystem, withChecks } from './kernel-system.ts';
import { classics } from './systems.ts';
import { AssertionFailed, walk } from './tla-evaluate.ts';
import { parseModule } from './tla-parse.ts';

// TLC itself is in no package registry: the text is read by a small evaluator of the part of TLA+ that is written.

function invariantsOf(configuration: string): string[] {
  const [, names] = configuration.split('INVARIANTS\n');
  return names!.trim().split(/\s+/);
}

function walked(system: System, judge: boolean) {
  const { module, configuration } = tlaText(system, { judge });
  return walk(parseModule(module), invariantsOf(configuration));
}

function sameCounts(system: System): void {
  const { states, transitions } = explore(system, { reduce: 'none' });
  expect(walked(system, false)).toEqual({ states, transitions, broken: [] });
}

const violatedIn = (system: System): string[] =>
  explore(system, { reduce: 'none' })
    .findings.filter((f) => f.verdict === 'violated')
    .map((f) => f.check);

test('the whole text of a small system', () => {
  const { module, configuration } = tlaText(increment(2), { module: 'Increment' });
  expect(`${module}\n${configuration}`).toMatchSnapshot();
});

describe('the module has our states and transitions', () => {
  test.each(
    [...classics.filter((s) => s.name !== 'Barriers(3)'), twoPhaseCommit(2)].map((s) => [s.name, s] as const),
  )('%s', (_, system) => {
    sameCounts(system);
  });

  test('two breaks, with all that holds', () => {
    const system = kernelSystem(['A:break-only', 'B:break-only']);
    const { states, transitions } = explore(system, { reduce: 'none' });
    expect(walked(system, true)).toEqual({ states, transitions, broken: [] });
  });

  test('random systems', () => {
    fc.assert(fc.property(randomSystem, sameCounts), { numRuns: 10, seed: 7 });
  });
});

describe('the module judges as we do', () => {
  test('invariants and deadlocks', () => {
    expect(walked(increment(2), true).broken).toEqual(['kept_all_counted']);
    expect(walked(dying(false), true).broken).toEqual([]);
    expect(walked(dying(true), true).broken).toEqual(['no_deadlock_no_deadlock']);
  });

  test('assertions inside steps name their check', () => {
    const system = kernelSystem(['A:break-only', 'B:break-only'], 'v5-put-before-lock');
    expect(violatedIn(system)).toContain('put-never-last');
    const run = () => walked(withChecks(system, ['put-never-last']), true);
    expect(run).toThrow(AssertionFailed);
    expect(run).toThrow('put-never-last');
  });

  test('random systems, each check by itself', () => {
    fc.assert(
      fc.property(randomSystem, (system) => {
        for (const { name } of system.checks) {
          const alone = withChecks(system, [name]);
          expect(judged(alone)).toBe(violatedIn(alone).length > 0);
        }
      }),
      { numRuns: 5, seed: 11 },
    );
  });
});

function judged(system: System): boolean {
  try {
    return walked(system, true).broken.length > 0;
  } catch (error) {
    if (error instanceof AssertionFailed) return true;
    throw error;
  }
}
