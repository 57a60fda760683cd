import { describe, expect, test } from 'vitest';
import { explore } from '../../explorer/search/explore.ts';
import { replay } from '../../explorer/trace/replay.ts';
import { exploreWithXState } from '../../explorer/xstate/explore.ts';
import { acquire, release, set } from '../../model/language/effect.ts';
import { equal, NONE, not, parameter } from '../../model/language/expression.ts';
import { go, goIf } from '../../model/language/machine.ts';
import { boolean, optional, sharedVariable } from '../../model/language/variable.ts';
import { algorithm, check, numbered, system, thread } from '../classics/build.ts';

const who = numbered('t', 3);
const lock = sharedVariable('lock', [], optional(who), { lock: 'mutex' });
const flag = sharedVariable('flag', [], boolean);
const me = parameter('me');
const leaves = check('every-section-ends', { leaves: 'open' });

/** Waits actively: a loop of its own steps. */
const spins = algorithm('spins', {
  entry: 'spin',
  tags: { spin: ['open'] },
  places: { spin: [goIf(flag.at(), 'ended'), go('spin')] },
});
const raises = algorithm('raises', { entry: 'raise', places: { raise: [go('ended', set(flag.at(), 1))] } });
const needsFlag = algorithm('needs', { entry: 'wait', places: { wait: [goIf(flag.at(), 'ended')] } });
/** Takes the lock once. */
const takes = algorithm('takes', {
  entry: 'take',
  tags: { take: ['open'] },
  places: {
    take: [goIf(equal(lock.at(), NONE), 'give', acquire(lock.at(), me))],
    give: [go('ended', release(lock.at(), NONE))],
  },
});
/** Takes and gives the lock for ever. */
const busy = algorithm('busy', {
  entry: 'take',
  places: {
    take: [goIf(equal(lock.at(), NONE), 'give', acquire(lock.at(), me))],
    give: [go('take', release(lock.at(), NONE))],
  },
});
/** The environment: goes round as long as it likes. */
const idles = algorithm('idles', {
  entry: 'a',
  places: { a: { ROUND: [go('b')], END: [go('ended')] }, b: [go('a')] },
});
const dies = algorithm('dies', {
  entry: 'take',
  places: { take: [goIf(equal(lock.at(), NONE), 'die', acquire(lock.at(), me))], die: [go('stopped')] },
});
const of = (...machines: (typeof spins)[]) =>
  system(
    's',
    [lock, flag],
    machines.map((m, n) => thread(`t${n}`, m, { me: n })),
    [leaves],
  );

describe('fair cycles', () => {
  const cases: readonly (readonly [string, ReturnType<typeof of>, string])[] = [
    ['a loop that nobody ends', of(spins), 'violated'],
    ['a loop that another thread ends: it moves, for it always can', of(spins, raises), 'holds'],
    ['a loop beside a thread that waits as well', of(spins, needsFlag), 'violated'],
    ['a lock that is free again and again is taken', of(takes, busy), 'holds'],
    ['a step that is always enabled beside a loop', of(takes, idles), 'holds'],
    ['waiting for a stopped thread is excused', of(takes, dies, idles), 'holds'],
    ['no machine with a cycle', of(takes, takes), 'holds'],
  ];
  test.each(cases)('%s', (_, model, verdict) => {
    for (const engine of [explore, exploreWithXState]) {
      const [finding] = engine(model).findings;
      expect(finding!.verdict).toBe(verdict);
      if (verdict !== 'violated') continue;
      const { run } = finding!;
      const trace = replay(model, run!, leaves.name);
      expect(run!.lasso).toBeLessThan(run!.moves.length);
      const before = run!.lasso === 0 ? null : trace.steps[run!.lasso! - 1]!.state;
      if (before) expect(trace.steps.at(-1)!.state).toEqual(before);
      expect(trace.violation).not.toBeNull();
    }
  });

  test('a round of two threads shows both', () => {
    const waits = algorithm('waits', {
      entry: 'wait',
      tags: { wait: ['open'] },
      places: { wait: [goIf(flag.at(), 'ended'), goIf(not(flag.at()), 'wait')] },
    });
    const { run } = explore(of(waits, waits)).findings[0]!;
    expect(new Set(run!.moves.slice(run!.lasso).map((m) => m.thread))).toEqual(new Set([0, 1]));
  });

  test('a trace says where it goes round', () => {
    const { run } = explore(of(spins)).findings[0]!;
    expect(replay(of(spins), run!, leaves.name).loop).toBe(run!.lasso);
    expect(replay(of(raises), { moves: [] }, leaves.name).loop).toBe(null);
  });

  test.each<[string, ReturnType<typeof of>, [number, string][], number, RegExp]>([
    [
      'one that another thread ends',
      of(spins, raises),
      [[0, 'STEP']],
      0,
      /thread 't1' could always move and never does/,
    ],
    ['one that ends elsewhere', of(idles), [[0, 'ROUND']], 0, /the lap does not end where it began/],
    [
      'one beside a lock that is free again and again',
      of(takes, busy),
      [
        [1, 'STEP'],
        [1, 'STEP'],
      ],
      0,
      /thread 't0' could take a lock/,
    ],
    ['one without a step', of(spins), [[0, 'STEP']], 1, /the lap has no step/],
  ])('a run that is said to go round, and no fair one would: %s', (_, model, threads, lasso, why) => {
    const moves = threads.map(([thread, event]) => ({ thread, event }));
    expect(() => replay(model, { moves, lasso }, leaves.name)).toThrow(why);
  });
});
