import { describe, expect, test } from 'vitest';
import { explore } from '../../explorer/search/explore.ts';
import { replay } from '../../explorer/trace/replay.ts';
import { acquire, release } from '../../model/language/effect.ts';
import { atLeast, ended, equal, minus, NONE, parameter, plus } from '../../model/language/expression.ts';
import { go, goIf } from '../../model/language/machine.ts';
import type { System } from '../../model/language/system.ts';
import { optional, range, sharedVariable } from '../../model/language/variable.ts';
import { algorithm, check, numbered, system, thread } from '../classics/build.ts';

const who = numbered('t', 3);
const names = numbered('lock', 2);
const lock = sharedVariable('lock', [names], optional(who), { lock: 'mutex' });
const me = parameter('me');
const first = parameter('first');
const second = parameter('second');
const noDeadlock = check('no-deadlock', { deadlock: { onlyAt: null } });
const parameters = ['me', 'first', 'second'];

const both = algorithm('both', {
  entry: 'take first',
  parameters,
  tags: { 'take second': ['inner'] },
  places: {
    'take first': [goIf(equal(lock.at(first), NONE), 'take second', acquire(lock.at(first), me))],
    'take second': [goIf(equal(lock.at(second), NONE), 'give', acquire(lock.at(second), me))],
    give: [go('ended', release(lock.at(second), NONE), release(lock.at(first), NONE))],
  },
});
/** Takes the first lock and dies with it. */
const dying = algorithm('dying', {
  entry: 'take',
  parameters,
  places: {
    take: [goIf(equal(lock.at(first), NONE), 'die', acquire(lock.at(first), me))],
    die: [go('stopped')],
  },
});
const one = (n: number, machine: typeof both, a: number, b: number) =>
  thread(`t${n}`, machine, { me: n, first: a, second: b });
const verdict = (s: System) => explore(s).findings[0]!;

describe('deadlock', () => {
  test('two locks in opposite order', () => {
    const s = system('opposite', [lock], [one(0, both, 0, 1), one(1, both, 1, 0)], [noDeadlock]);
    const { verdict: said, run } = verdict(s);
    expect(said).toBe('violated');
    expect(run).toMatchObject({ moves: [{ thread: 0 }, { thread: 1 }], switches: 1, shortest: true });
    expect(replay(s, run!, 'no-deadlock').violation).toEqual({
      step: 2,
      deadlock: true,
      needed: 'a step that some thread can take',
      found: 't0 waits at take second for lock[lock1] (t1); t1 waits at take second for lock[lock0] (t0)',
    });
  });

  test('at a bound on the length of runs, where threads are interchangeable', () => {
    const philosopher = (n: number) => one(n, both, n, (n + 1) % 2);
    const exchanged = { threads: [1, 0], elements: { t: [1, 0, 2], lock: [1, 0] } };
    const s = system('bounded', [lock], [philosopher(0), philosopher(1)], [noDeadlock], [exchanged]);
    const bounded = explore(s, { maxDepth: 2 });
    expect([bounded.reason, bounded.reductions]).toEqual(['max-depth', ['dead-locals', 'symmetry']]);
    expect(bounded.findings).toEqual(explore(s, { maxDepth: 2, reduce: 'none' }).findings);
    expect(bounded.findings[0]!.run).toMatchObject({ switches: 1, shortest: true });
  });

  test('the same order', () => {
    const s = system('same', [lock], [one(0, both, 0, 1), one(1, both, 0, 1)], [noDeadlock]);
    expect(verdict(s).verdict).toBe('holds');
  });

  test('waiting for what a stopped thread holds is excused, also through others', () => {
    const threads = [one(0, dying, 0, 0), one(1, both, 1, 0), one(2, both, 1, 0)];
    expect(verdict(system('chain', [lock], threads, [noDeadlock])).verdict).toBe('holds');
  });

  test('a circle beside a stopped thread is not excused', () => {
    const third = sharedVariable('lock', [numbered('lock', 3)], optional(who), { lock: 'mutex' });
    const threads = [one(0, both, 0, 1), one(1, both, 1, 0), one(2, dying, 2, 2)];
    expect(verdict(system('circle', [third], threads, [noDeadlock])).verdict).toBe('violated');
  });

  test('waiting for the end of a stopped thread is excused', () => {
    const waits = algorithm('waits', { entry: 'wait', places: { wait: [goIf(ended('others'), 'ended')] } });
    const threads = [one(0, dying, 0, 0), thread('w', waits, { me: 1 }, { others: [0] })];
    expect(verdict(system('end', [lock], threads, [noDeadlock])).verdict).toBe('holds');
  });

  test('only at places with a tag', () => {
    const threads = [one(0, both, 0, 1), one(1, both, 1, 0)];
    const at = (tag: string) => check('tagged', { deadlock: { onlyAt: tag } });
    expect(verdict(system('inner', [lock], threads, [at('inner')])).verdict).toBe('violated');
    expect(verdict(system('outer', [lock], threads, [at('outer')])).verdict).toBe('holds');
  });
});

describe('a lock that counts', () => {
  const rwsem = sharedVariable('rwsem', [], range(-1, 3), { lock: 'rwsem', initial: 0 });
  const read = algorithm('read', {
    entry: 'down',
    places: {
      down: [goIf(atLeast(rwsem.at(), 0), 'up', acquire(rwsem.at(), plus(rwsem.at(), 1)))],
      up: [go('ended', release(rwsem.at(), minus(rwsem.at(), 1)))],
    },
  });
  const readAndDie = algorithm('die', {
    entry: 'down',
    places: {
      down: [goIf(atLeast(rwsem.at(), 0), 'die', acquire(rwsem.at(), plus(rwsem.at(), 1)))],
      die: [go('stopped')],
    },
  });
  const write = algorithm('write', {
    entry: 'down',
    places: {
      down: [goIf(equal(rwsem.at(), 0), 'up', acquire(rwsem.at(), -1))],
      up: [go('ended', release(rwsem.at(), 0))],
    },
  });
  const twice = algorithm('twice', {
    entry: 'down',
    places: {
      down: [goIf(atLeast(rwsem.at(), 0), 'again', acquire(rwsem.at(), plus(rwsem.at(), 1)))],
      again: [goIf(equal(rwsem.at(), 0), 'ended', acquire(rwsem.at(), -1))],
    },
  });
  const of = (...machines: (typeof read)[]) =>
    system(
      'rwsem',
      [rwsem],
      machines.map((m, n) => thread(`t${n}`, m, { me: n })),
      [noDeadlock],
    );

  test('its holders are found by data flow', () => {
    expect(verdict(of(read, write)).verdict).toBe('holds');
    expect(verdict(of(readAndDie, write)).verdict).toBe('holds');
    expect(verdict(of(twice, write)).verdict).toBe('violated');
  });
});
