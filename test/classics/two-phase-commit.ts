import { set } from '../../model/language/effect.ts';
import { all, any, both, equal, not, parameter } from '../../model/language/expression.ts';
import { type Branch, goIf } from '../../model/language/machine.ts';
import type { System } from '../../model/language/system.ts';
import { boolean, oneOf, sharedVariable } from '../../model/language/variable.ts';
import { algorithm, check, condition, copies, interchangeable, numbered, system, thread } from './build.ts';

/** Two-phase commit (Gray and Lamport; TLA+ Examples, TwoPhase): messages are a set and are received again and again. */
export function twoPhaseCommit(n: number): System {
  const who = numbered('rm', n);
  const me = parameter('me');
  const rm = sharedVariable('rm', [who], oneOf(['working', 'prepared', 'committed', 'aborted']));
  const [WORKING, PREPARED, COMMITTED, ABORTED] = [0, 1, 2, 3];
  const tm = sharedVariable('tm', [], oneOf(['init', 'committed', 'aborted']));
  const prepared = sharedVariable('prepared', [who], boolean);
  const sent = sharedVariable('sent', [who], boolean);
  const commit = sharedVariable('commit', [], boolean);
  const abort = sharedVariable('abort', [], boolean);
  const init = equal(tm.at(), 0);
  const everyone = who.labels.map((_, i) => i);
  const manager: Record<string, readonly Branch<'loop'>[]> = {
    commit: [
      goIf(
        both(init, all(everyone.map((i) => prepared.at(i)))),
        'loop',
        set(tm.at(), 1),
        set(commit.at(), 1),
      ),
    ],
    abort: [goIf(init, 'loop', set(tm.at(), 2), set(abort.at(), 1))],
  };
  for (const i of everyone)
    manager[`prepared ${i}`] = [goIf(both(init, sent.at(i)), 'loop', set(prepared.at(i), 1))];
  const working = equal(rm.at(me), WORKING!);
  const resource = algorithm('resource', {
    entry: 'loop',
    places: {
      loop: {
        prepare: [goIf(working, 'loop', set(rm.at(me), PREPARED!), set(sent.at(me), 1))],
        'choose abort': [goIf(working, 'loop', set(rm.at(me), ABORTED!))],
        'receive commit': [goIf(commit.at(), 'loop', set(rm.at(me), COMMITTED!))],
        'receive abort': [goIf(abort.at(), 'loop', set(rm.at(me), ABORTED!))],
      },
    },
  });
  const some = (state: number) => any(everyone.map((i) => equal(rm.at(i), state)));
  const threads = [
    thread('tm', algorithm('manager', { entry: 'loop', parameters: [], places: { loop: manager } })),
    ...copies(who, resource),
  ];
  return system(
    `two-phase commit (${n})`,
    [rm, tm, prepared, sent, commit, abort],
    threads,
    [check('consistent', { always: [condition(not(both(some(ABORTED!), some(COMMITTED!))))] })],
    interchangeable(who, n + 1, 1),
  );
}
