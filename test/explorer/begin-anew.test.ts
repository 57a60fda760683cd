import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compile } from '../../explorer/compile/compile.ts';
import { withDefaults } from '../../explorer/options.ts';
import { readSystem } from '../../explorer/program/program.ts';
import { attempt } from '../../explorer/search/attempt.ts';
import { BreadthFirst } from '../../explorer/search/breadth-first.ts';
import { explore } from '../../explorer/search/explore.ts';
import { leave } from '../../explorer/search/give-back.ts';
import { PackedGraph } from '../../explorer/search/packed-graph.ts';
import { runsFound } from '../../explorer/search/runs-found.ts';
import { increment } from '../classics/increment.ts';

const program = readSystem(increment(3));

type Run = BreadthFirst['run'];
const prototype = BreadthFirst.prototype as {
  run: (this: BreadthFirst, ...keep: Parameters<Run>) => ReturnType<Run>;
};
const { run } = prototype;
/** The searches, which are not held. */
let searches: WeakRef<BreadthFirst>[];
beforeEach(() => {
  searches = [];
  prototype.run = function (...keep) {
    searches.push(new WeakRef(this));
    return run.apply(this, keep);
  };
});
afterEach(() => {
  prototype.run = run;
});

test('what the first search held is given back before the other begins', async () => {
  const options = withDefaults({ withoutReach: 20, engine: 'js' });
  const attempted = attempt(program, ['partial-order', 'reach'], [], options);
  let turn = attempted.next();
  // A weak reference holds what it is made for until the turn of the event loop ends.
  for (; !turn.done; turn = attempted.next()) await setImmediate();
  expect(turn.value.reductions).toEqual(['partial-order', 'reach']);
  expect(turn.value.before!.runs.size).toBe(0);
  expect(searches.map((s) => s.deref() === turn.value!.first)).toEqual([false, true]);
  expect(searches[0]!.deref()).toBeUndefined();
});

test('and what a search has left before the next one, where it is much', async () => {
  explore(increment(3), { reductions: [] });
  await setImmediate();
  leave(2 ** 27);
  explore(increment(2), { reductions: [] });
  expect(searches).toHaveLength(2);
  expect(searches[0]!.deref()).toBeUndefined();
});

test('runs that are known are not looked for again', () => {
  const found = new BreadthFirst(new PackedGraph(compile(program)), withDefaults());
  const searching = found.run();
  while (!searching.next().done);
  const known = { moves: [{ thread: 0, event: 'STEP' }], switches: 0, shortest: false };
  const runs = runsFound(found, withDefaults({ shortest: false }), new Map([[0, known]]));
  expect(runs.next()).toEqual({ done: true, value: new Map([[0, known]]) });
});
