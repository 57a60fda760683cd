import { describe, expect, test } from 'vitest';
import { explore } from '../../explorer/search/explore.ts';
import { ReplayError, replay } from '../../explorer/trace/replay.ts';
import { acquire, assert, release, set, warnUnless } from '../../model/language/effect.ts';
import { atMost, both, equal, NONE, parameter, plus } from '../../model/language/expression.ts';
import { go, goIf } from '../../model/language/machine.ts';
import {
  boolean,
  type Domain,
  locals,
  oneOf,
  optional,
  range,
  sharedVariable,
} from '../../model/language/variable.ts';
import { algorithm, check, condition, system, thread } from '../classics/build.ts';

const mm: Domain = { name: 'mm', size: 2, labels: ['A', 'B'] };
const table: Domain = {
  name: 'table',
  size: 3,
  labels: ['#0', '#1', '#2'],
  numberedBy: { variable: 'life', prefix: 'T' },
};
const me = parameter('me');
// Table 2 is in use from the start: it is shown as T0.
const life = sharedVariable('life', [table], oneOf(['unallocated', 'used']), {
  initial: (t) => Number(t === 2),
});
const slotTable = sharedVariable('slot_table', [mm], optional(table), { location: 'slot', initial: 2 });
const slotWritable = sharedVariable('slot_w', [mm], boolean, { location: 'slot' });
const lock = sharedVariable('ptl', [table], optional(mm), { lock: 'mutex' });
const stores = sharedVariable('stores', [], range(0, 4), { ghost: true });
const { local, declared } = locals({ mine: optional(table), seen: optional(table) });

const breaker = algorithm('breaker', {
  entry: 'read',
  locals: declared,
  places: {
    read: [
      goIf(
        both(equal(slotTable.at(me), 2), equal(slotWritable.at(me), 0)),
        'lock',
        set(local.seen, slotTable.at(me)),
      ),
    ],
    lock: [goIf(equal(lock.at(local.seen), NONE), 'allocate', acquire(lock.at(local.seen), me))],
    allocate: {
      FREE: [
        goIf(equal(life.at(1), 0), 'install', set(life.at(1), 1), set(local.mine, 1)),
        goIf(equal(life.at(0), 0), 'install', set(life.at(0), 1), set(local.mine, 0)),
      ],
      FAIL: [go('unlock')],
    },
    install: [
      go(
        'unlock',
        set(stores.at(), plus(stores.at(), 1)),
        set(slotTable.at(me), local.mine),
        set(slotWritable.at(me), 1),
        assert('not-twice', atMost(stores.at(), 1), 'one store', 'store {0} of {1} to {2}', [
          stores.at(),
          me,
          slotTable.at(me),
        ]),
      ),
    ],
    unlock: [go('ended', release(lock.at(local.seen), NONE))],
  },
});
const watcher = algorithm('life of a slot', {
  entry: 'shared',
  parameters: ['which'],
  places: {
    shared: [
      goIf(equal(slotTable.at(parameter('which')), 2), 'shared'),
      goIf(equal(slotTable.at(parameter('which')), 0), 'own'),
      go('violated'),
    ],
    own: [],
    violated: [],
  },
});
const threads = mm.labels.map((label, n) => thread(`${label}/0`, breaker, { me: n }));
const model = system('tables', [life, slotTable, slotWritable, lock, stores], threads, [
  check('not-twice'),
  check('life', { monitors: [{ id: 'slot of B', machine: watcher, parameters: { which: 1 } }] }),
  check('a-keeps', {
    always: [condition(equal(slotTable.at(0), 2), 'A on T0', 'A on {0}', [slotTable.at(0)])],
  }),
]);
const run = (name: string) => explore(model).findings.find((f) => f.check === name)!.run!;

describe('replay', () => {
  test('tells what a step touched, under the names of the run', () => {
    const trace = replay(model, run('a-keeps'), 'a-keeps');
    expect(trace.steps.map((s) => s.step)).toEqual(['read', 'lock', 'allocate', 'install']);
    const [read, take, allocate, install] = trace.steps;
    // Both parts of the slot are one location; the table in use at the start is T0.
    expect(read).toMatchObject({
      n: 1,
      thread: 'A/0',
      event: 'STEP',
      reads: ['slot[A]'],
      writes: [],
      changes: [],
    });
    expect(read!.locals).toEqual([{ name: 'seen', before: 'none', after: 'T0' }]);
    expect(take).toMatchObject({ reads: ['ptl[T0]'], acquires: ['ptl[T0]'], releases: [] });
    expect(take!.changes).toEqual([{ location: 'ptl[T0]', before: 'none', after: 'A' }]);
    // The table that is allocated first is T1, whatever its number in the pool.
    expect(allocate).toMatchObject({ event: 'FREE', writes: ['life[T1]'] });
    expect(install).toMatchObject({ reads: [], writes: ['slot[A]'] });
    expect(install!.changes).toEqual([
      { location: 'slot[A]', before: 'table=T0 w=0', after: 'table=T1 w=1' },
    ]);
    expect(install!.state.shared).toEqual({
      'life[T0]': 'used',
      'life[T1]': 'used',
      'life[T2]': 'unallocated',
      'ptl[T0]': 'A',
      'ptl[T1]': 'none',
      'ptl[T2]': 'none',
      'slot[A]': 'table=T1 w=1',
      'slot[B]': 'table=T0 w=0',
      stores: '1',
    });
    expect(install!.state.threads['A/0']).toEqual({ at: 'unlock', locals: { mine: 'T1', seen: 'T0' } });
    expect(trace.violation).toEqual({ step: 4, needed: 'A on T0', found: 'A on T1' });
    expect(trace).toMatchObject({ switches: 0, shortest: true });
  });

  test('a broken promise', () => {
    const trace = replay(model, run('not-twice'), 'not-twice');
    expect(trace.violation).toMatchObject({ needed: 'one store', found: 'store 2 of 1 to T2' });
    expect(trace.violation!.step).toBe(trace.steps.length);
  });

  test('a monitor', () => {
    const trace = replay(model, run('life'), 'life');
    expect(trace.violation).toMatchObject({
      needed: 'slot of B is shared: a step to shared or own',
      found: 'slot[B] (slot_table) = T1',
    });
  });

  test('another check is not violated by this run', () => {
    expect(replay(model, run('a-keeps'), 'not-twice').violation).toBeNull();
    expect(replay(model, run('a-keeps')).violation).toBeNull();
  });

  test('a move that is not enabled is told with its number', () => {
    const moves = [...run('a-keeps').moves.slice(0, 2), { thread: 1, event: 'FAIL' }];
    expect(() => replay(model, { moves })).toThrow(ReplayError);
    expect(() => replay(model, { moves })).toThrow(
      "step 3: thread 'B/0' at 'read': event 'FAIL' is not enabled",
    );
    expect(() => replay(model, { moves: [{ thread: 7, event: 'STEP' }] })).toThrow(
      'step 1: there is no thread 7',
    );
  });
});

test('what a warning of the kernel reads is read, what a promise looks at is not', () => {
  const flag = sharedVariable('flag', [], boolean);
  const other = sharedVariable('other', [], boolean);
  const looks = algorithm('looks', {
    entry: 'look',
    places: {
      look: [
        go(
          'ended',
          assert('promise', equal(other.at(), 0), 'no other', 'another'),
          warnUnless('warning', equal(flag.at(), 0), 'no flag', 'a flag'),
        ),
      ],
    },
  });
  const tested = system(
    's',
    [flag, other],
    [thread('t0', looks, { me: 0 })],
    [check('promise'), check('warning')],
  );
  const { steps } = replay(tested, { moves: [{ thread: 0, event: 'STEP' }] });
  expect(steps[0]).toMatchObject({ reads: ['flag'], writes: [], changes: [] });
});
