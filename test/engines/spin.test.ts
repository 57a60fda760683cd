import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { promelaText } from '../../engines/promela/promela.ts';
import { runSpin } from '../../engines/run-spin.ts';
import { explore } from '../../explorer/search/explore.ts';
import type { System } from '../../model/language/system.ts';
import { randomSystem } from '../explorer/random-system.ts';
import { dying } from './dying-system.ts';
import { kernelSystem } from './kernel-system.ts';
import { classics, kernel } from './systems.ts';
import { tools } from './tools.ts';

const { skip, title } = tools('spin');

/** States, transitions and violated checks of a system, by us and by SPIN. */
function both(system: System, judge: boolean) {
  const ours = explore(system, { reduce: 'none' });
  const spin = runSpin(promelaText(system, { judge }), { optimise: '-O0' });
  if (spin.kind !== 'done') throw new Error(`${system.name}: ${spin.why}`);
  const violated = ours.findings.filter((f) => f.verdict === 'violated').map((f) => plain(f.check));
  return {
    ours: { states: ours.states, transitions: ours.transitions, violated: judge ? violated.sort() : [] },
    spin: { states: spin.states, transitions: spin.transitions, violated: spin.violated },
  };
}

const plain = (check: string): string => check.replace(/[^A-Za-z0-9]/g, '_');

describe.skipIf(skip)(`SPIN counts the same states and transitions and judges the same${title}`, () => {
  test.each([...classics, ...kernel].map((s) => [s.name, s] as const))('%s', (_, system) => {
    const { ours, spin } = both(system, true);
    expect(spin).toEqual(ours);
  });

  test('protocols that break', () => {
    for (const system of [
      kernelSystem(['A:write-fault', 'B:write-fault'], 'v5-put-before-lock'),
      kernelSystem(['A:break-only', 'A:break-only', 'B:idle'], 'v5-clear-first'),
    ]) {
      const { ours, spin } = both(system, true);
      expect(ours.violated.length).toBeGreaterThan(3);
      expect(spin).toEqual(ours);
    }
  });

  test('waiting for the dead is excused, waiting for the living is not', () => {
    for (const forgets of [false, true]) {
      const { ours, spin } = both(dying(forgets), true);
      expect(spin.violated).toEqual(ours.violated);
      expect(ours.violated).toEqual(forgets ? ['no_deadlock'] : []);
      expect(spin.states).toBe(ours.states);
      expect(both(dying(forgets), false).spin).toEqual(both(dying(forgets), false).ours);
    }
  });

  test('random systems', () => {
    fc.assert(
      fc.property(randomSystem, (system) => {
        const { ours, spin } = both(system, true);
        expect([spin.states, spin.violated]).toEqual([ours.states, ours.violated]);
        const counted = both(system, false);
        expect(counted.spin).toEqual(counted.ours);
      }),
      { numRuns: 3, seed: 5 },
    );
  });
});
