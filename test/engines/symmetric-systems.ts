import { acquire, release, set } from '../../model/language/effect.ts';
import {
  atMost,
  type Expression,
  equal,
  minus,
  NONE,
  parameter,
  plus,
} from '../../model/language/expression.ts';
import { go, goIf } from '../../model/language/machine.ts';
import type { Permutation, System } from '../../model/language/system.ts';
import { boolean, optional, range, sharedVariable } from '../../model/language/variable.ts';
import {
  algorithm,
  check,
  condition,
  copies,
  interchangeable,
  numbered,
  system,
  thread,
} from '../classics/build.ts';

/**
 * Two threads with a lock each, which may die with it in their hands; then they want the other one's lock. If they keep their own
 * until then both may wait for the living, else only for the dead.
 */
export function crossing(keeps: boolean): System {
  const who = numbered('p', 2);
  const me = parameter('me');
  const other = minus(1, me);
  const locks = sharedVariable('locks', [who], optional(who), { lock: 'mutex' });
  const free = (index: Expression) => equal(locks.at(index), NONE);
  const process = algorithm('crossing', {
    entry: 'own',
    tags: { wait: ['inside'] },
    places: {
      own: [goIf(free(me), 'choose', acquire(locks.at(me), me))],
      choose: { DIE: [go('stopped')], LIVE: [go('give')] },
      give: keeps ? [go('wait')] : [go('wait', release(locks.at(me), NONE))],
      wait: [goIf(free(other), 'done', acquire(locks.at(other), me))],
      done: [go('ended', release(locks.at(other), NONE))],
    },
  });
  return system(
    `crossing${keeps ? ' and keeping' : ''}`,
    [locks],
    copies(who, process),
    [
      check('no-deadlock', { deadlock: { onlyAt: null } }),
      check('waits-for-the-dead', { deadlock: { onlyAt: 'inside' } }),
    ],
    interchangeable(who, 2),
  );
}

/** Two teams of two threads, each with a score: members of a team can be exchanged, and the teams as a whole. */
export function teams(symmetry: readonly ('members' | 'teams')[]): System {
  const team = numbered('team', 2);
  const mine = parameter('team');
  const score = sharedVariable('score', [team], range(0, 4));
  const leads = sharedVariable('leads', [], optional(team));
  const process = algorithm('teams', {
    entry: 'a',
    parameters: ['team'],
    places: {
      a: [go('b', set(score.at(mine), plus(score.at(mine), 1)))],
      b: [go('c', set(leads.at(), mine))],
      c: [goIf(equal(leads.at(), mine), 'ended', set(score.at(mine), plus(score.at(mine), 1))), go('ended')],
    },
  });
  const generators = {
    members: [
      { threads: [1, 0, 2, 3], elements: {} },
      { threads: [0, 1, 3, 2], elements: {} },
    ],
    teams: [{ threads: [2, 3, 0, 1], elements: { [team.name]: [1, 0] } }],
  } satisfies Record<string, readonly Permutation[]>;
  return system(
    'teams',
    [score, leads],
    [0, 1, 2, 3].map((n) => thread(`t${n}`, process, { team: n >> 1 })),
    [check('few-points', { always: [0, 1].map((t) => condition(atMost(score.at(t), 3))) })],
    symmetry.flatMap((kind) => generators[kind]),
  );
}

/** Two independent kinds of threads, each of which can be exchanged: a thread of the first opens a door, one of the second shuts it. */
export function doors(openers: number, shutters: number): System {
  const [opener, shutter] = [numbered('opener', openers), numbered('shutter', shutters)];
  const door = sharedVariable('door', [opener], boolean);
  const by = sharedVariable('by', [opener], optional(shutter));
  const me = parameter('me');
  const opens = algorithm('opens', {
    entry: 'a',
    places: { a: [go('b', set(door.at(me), 1))], b: [goIf(equal(door.at(me), 0), 'ended')] },
  });
  const each = <T>(make: (n: number) => T): T[] => opener.labels.map((_, n) => make(n));
  const shuts = algorithm('shuts', {
    entry: 'a',
    places: {
      a: Object.fromEntries(
        each((n) => [`SHUT_${n}`, [goIf(equal(door.at(n), 1), 'a', set(door.at(n), 0), set(by.at(n), me))]]),
      ) as never,
    },
  });
  const moved = (symmetry: readonly Permutation[], before: number, after: number): Permutation[] =>
    symmetry.map(({ threads, elements }) => ({
      threads: [
        ...Array.from({ length: before }, (_, n) => n),
        ...threads.map((t) => t + before),
        ...Array.from({ length: after }, (_, n) => threads.length + before + n),
      ],
      elements,
    }));
  return system(
    `doors(${openers}, ${shutters})`,
    [door, by],
    [...copies(opener, opens), ...copies(shutter, shuts)],
    [check('some-door-is-left', { always: [condition(equal(by.at(0), NONE))] })],
    [
      ...moved(interchangeable(opener, openers), 0, shutters),
      ...moved(interchangeable(shutter, shutters), openers, 0),
    ],
  );
}
