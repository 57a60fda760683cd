import { describe, expect, test } from 'vitest';
import { explore } from '../../explorer/search/explore.ts';
import { contrastRun } from '../../explorer/trace/contrast.ts';
import { replay } from '../../explorer/trace/replay.ts';
import { assert, set } from '../../model/language/effect.ts';
import { equal, parameter } from '../../model/language/expression.ts';
import { go } from '../../model/language/machine.ts';
import { range, sharedVariable } from '../../model/language/variable.ts';
import { algorithm, check, system, thread } from '../classics/build.ts';

const last = sharedVariable('last', [], range(0, 2));
const me = parameter('me');
/** Stores its number, then wants to find it. */
const stores = algorithm('stores', {
  entry: 'store',
  places: {
    store: [go('look', set(last.at(), me))],
    look: [go('ended', assert('own', equal(last.at(), me), 'own', 'another'))],
  },
});
const wrong = algorithm('wrong', {
  entry: 'look',
  places: { look: [go('ended', assert('own', equal(last.at(), 2), 'own', 'another'))] },
});
const of = (...machines: (typeof stores)[]) =>
  system(
    's',
    [last],
    machines.map((m, n) => thread(`t${n}`, m, { me: n })),
    [check('own')],
  );

describe('a run for contrast', () => {
  test('goes with the violating run, ends, and violates nothing', () => {
    const tested = of(stores, stores);
    const { run } = explore(tested, {}).findings[0]!;
    expect(run!.moves.map((m) => m.thread)).toEqual([0, 1, 0]);
    const contrast = contrastRun(tested, run!, 'own')!;
    // It leaves the violating run after one step: the first thread looks before the second stores.
    expect(contrast.moves.map((m) => m.thread)).toEqual([0, 0, 1, 1]);
    expect(replay(tested, contrast, 'own').violation).toBe(null);
  });

  test('is not there where every run violates', () => {
    const tested = of(wrong, stores);
    expect(contrastRun(tested, explore(tested, {}).findings[0]!.run!, 'own')).toBe(null);
  });

  test('of an unknown check', () => {
    expect(() => contrastRun(of(wrong), { moves: [] }, 'other')).toThrow(/no check is named 'other'/);
  });
});
