import { expect, test } from 'vitest';
import { compile } from '../../explorer/compile/compile.ts';
import { withDefaults } from '../../explorer/options.ts';
import { readSystem } from '../../explorer/program/program.ts';
import { unreadVariables } from '../../explorer/reduce/slicing.ts';
import { BreadthFirst } from '../../explorer/search/breadth-first.ts';
import { explore } from '../../explorer/search/explore.ts';
import { PackedGraph } from '../../explorer/search/packed-graph.ts';
import { acquire, assert, set, when } from '../../model/language/effect.ts';
import { equal, less, NONE, parameter, plus } from '../../model/language/expression.ts';
import { go, goIf } from '../../model/language/machine.ts';
import type { Check } from '../../model/language/system.ts';
import { locals, optional, range, sharedVariable } from '../../model/language/variable.ts';
import { algorithm, check, condition, numbered, system, thread } from '../classics/build.ts';

const rooms = numbered('r', 2);
const who = numbered('t', 2);
const me = parameter('me');
const counter = sharedVariable('counter', [], range(0, 9));
const copy = sharedVariable('copy', [], range(0, 9));
const judged = sharedVariable('judged', [], range(0, 9));
const atEnd = sharedVariable('atEnd', [], range(0, 1));
const pointer = sharedVariable('pointer', [], optional(rooms));
const row = sharedVariable('row', [rooms], range(0, 1));
const lock = sharedVariable('lock', [], optional(who), { lock: 'mutex' });
const guard = sharedVariable('guard', [], range(0, 1));
const { local, declared } = locals({ seen: range(0, 9), kept: range(0, 9) });
const shared = [counter, copy, judged, atEnd, pointer, row, lock, guard];

const machine = algorithm('m', {
  entry: 'a',
  locals: declared,
  places: {
    a: [go('b', set(counter.at(), plus(counter.at(), 1)), set(local.seen, counter.at()))],
    b: [go('c', set(copy.at(), local.seen), set(local.kept, judged.at()), set(atEnd.at(), guard.at()))],
    c: [goIf(equal(local.kept, 0), 'd', assert('promise', less(judged.at(), 9), 'n', 'f'))],
    // Through a pointer that may be none: whether this can be worked out at all depends on it.
    d: [go('e', when(equal(guard.at(), 0), [set(pointer.at(), 0), set(row.at(pointer.at()), 1)]))],
    e: [goIf(equal(lock.at(), NONE), 'ended', acquire(lock.at(), me))],
  },
});
const made = (checks: readonly Check[]) =>
  system('sliced', shared, [thread('t0', machine, { me: 0 }), thread('t1', machine, { me: 1 })], checks);
const end: Check = check('end', { atEnd: [condition(equal(atEnd.at(), 0))] });

const unread = (checks: readonly Check[]) => {
  const { shared: names, locals: mine } = unreadVariables(readSystem(made(checks)));
  return [...names, ...[...mine[0]!].map((name) => `t0 ${name}`)];
};

/** How many states differ in anything else. */
function withoutUnread(checks: readonly Check[]): number {
  const program = readSystem(made(checks));
  const { shared: names, locals: mine } = unreadVariables(program);
  const graph = new PackedGraph(compile(program));
  const run = new BreadthFirst(graph, withDefaults()).run();
  while (!run.next().done);
  const left = (values: Readonly<Record<string, unknown>>, out: ReadonlySet<string>) =>
    Object.entries(values).filter(([name]) => !out.has(name));
  const projected = Array.from({ length: graph.count }, (_, state) => {
    const now = graph.configuration(state);
    const threads = now.threads.map((t, n) => [t.place, left(t.local, mine[n]!)]);
    return JSON.stringify([left(now.shared, names), threads]);
  });
  return new Set(projected).size;
}

test('what no guard and no judged check reads, not through others either, is left out', () => {
  expect(unread([check('promise'), end])).toEqual(['counter', 'copy', 't0 seen']);
  // `guard` is in the way of a step, `kept` is a guard: the one hands nothing on, the other gets what it holds from `judged`.
  expect(unread([check('promise')])).toEqual(['counter', 'copy', 'atEnd', 't0 seen']);
  expect(unread([])).toEqual(['counter', 'copy', 'atEnd', 't0 seen']);
});

test('one state for what differs there alone, the same verdicts and the same runs', () => {
  const checks = [check('promise'), end];
  const full = explore(made(checks), { reductions: [] });
  const sliced = explore(made(checks), { reductions: ['slicing'] });
  expect([full.states, sliced.states]).toEqual([89, 35]);
  expect(withoutUnread(checks)).toBe(35);
  expect(sliced.reductions).toEqual(['slicing']);
  expect(sliced.findings).toEqual(full.findings);
});

test('it is named where it leaves something out', () => {
  const all = check('all', {
    always: [condition(less(counter.at(), 9)), condition(less(copy.at(), 9))],
    atEnd: end.atEnd,
  });
  expect(explore(made([all]), { reductions: ['slicing'] }).reductions).toEqual([]);
});

test('a variable that nobody reads may leave its range unseen', () => {
  const wide = algorithm('wide', {
    entry: 'a',
    places: { a: [go('a', set(counter.at(), plus(counter.at(), 1)))] },
  });
  const counting = system('counting', [counter], [thread('t', wide, { me: 0 })], [check('any')]);
  expect(() => explore(counting, { reduce: 'none' })).toThrow(/^counter: value 10 is outside 0 to 9/);
  expect(explore(counting, { reductions: ['slicing'] })).toMatchObject({ states: 1, exhaustive: true });
});
