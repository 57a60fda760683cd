import { describe, expect, test } from 'vitest';
import type { Graph } from '../../../explorer/graph/graph.ts';
import { neighbourhoodOf } from '../../../explorer/graph/neighbourhood.ts';
import { pictureOf } from '../../../explorer/graph/picture.ts';
import { stateGraph } from '../../../explorer/graph/states.ts';
import { explore } from '../../../explorer/search/explore.ts';
import { increment } from '../../classics/increment.ts';
import { mcsLock } from '../../classics/mcs-lock.ts';
import { systemOf } from '../../threads/explored.ts';

const breaks = systemOf({ threads: ['A:break-only', 'A:break-only', 'B'] });
const data = (graph: Graph) => ({ nodes: [...graph.nodes()], edges: [...graph.edges()] });

describe('the graph of all states', () => {
  test.each([
    [2, 159, 318, 27],
    [3, 7597, 22791, 48],
  ] as const)('of the MCS lock for %i has its published size', (processes, states, steps, depth) => {
    const { nodes, edges } = data(stateGraph(mcsLock(processes)));
    expect([nodes.length, edges.length, Math.max(...nodes.map((n) => n.depth))]).toEqual([
      states,
      steps,
      depth,
    ]);
    expect(nodes.filter((n) => n.final || n.deadlock || n.open)).toEqual([]);
  });

  test('says where the threads stand, what is violated and what a step does', () => {
    const { nodes, edges } = data(stateGraph(increment(2)));
    const told = nodes.map(({ label, depth, violates }) => [depth, label, ...violates].join(' '));
    expect(told).toMatchInlineSnapshot(`
      [
        "0 p0 read, p1 read",
        "1 p0 write, p1 read",
        "1 p0 read, p1 write",
        "2 p0 ended, p1 read",
        "2 p0 write, p1 write",
        "2 p0 read, p1 ended",
        "3 p0 ended, p1 write",
        "3 p0 ended, p1 write",
        "3 p0 write, p1 ended",
        "3 p0 write, p1 ended",
        "4 p0 ended, p1 ended",
        "4 p0 ended, p1 ended all-counted",
        "4 p0 ended, p1 ended",
      ]
    `);
    expect(edges[0]).toMatchInlineSnapshot(`
      {
        "event": "STEP",
        "file": "",
        "from": 0,
        "function": "increment",
        "line": 0,
        "onRun": null,
        "says": "read",
        "step": "read",
        "steps": 1,
        "thread": "p0",
        "to": 1,
        "violates": [],
      }
    `);
  });

  test('agrees with the search on what is violated, and lists the same twice', () => {
    const { nodes, edges } = data(stateGraph(breaks));
    const violated = new Set([...nodes, ...edges].flatMap((x) => x.violates));
    const findings = explore(breaks).findings.filter((f) => f.verdict === 'violated' && f.run);
    expect([...violated].sort()).toEqual(findings.map((f) => f.check).sort());
    expect(data(stateGraph(breaks))).toEqual({ nodes, edges });
    const states = new Set(nodes.filter((n) => n.row === n.width - 1).map((n) => n.depth));
    expect(states.size).toBe(1 + Math.max(...nodes.map((n) => n.depth)));
  });
});

describe('the neighbourhood of a run', () => {
  const check = 'seqcount-one-writer';
  const run = explore(breaks).findings.find((f) => f.check === check)!.run!;
  const around = (steps: number): Graph => neighbourhoodOf(breaks, { check, run, steps });

  test('no step away: the run and nothing else', () => {
    const { nodes, edges } = data(around(0));
    const length = run.moves.length;
    expect(nodes.map((n) => n.onRun)).toEqual(Array.from({ length: length + 1 }, (_, n) => n));
    const marked = edges.filter((e) => e.onRun !== null);
    expect(marked.map((e) => e.onRun)).toEqual(Array.from({ length }, (_, n) => n + 1));
    expect(marked.at(-1)!.violates).toContain(check);
  });

  test('grows with the distance until it is the whole graph', () => {
    const orders = [0, 1, 2, 3, 200].map((steps) => around(steps).order);
    expect(orders).toEqual([...orders].sort((a, b) => a - b));
    expect([orders[1]! > orders[0]!, orders.at(-1)]).toEqual([true, 5116]);
    expect([...around(200).edges()].length).toBe(9018);
  });

  test('a bound is told', () => {
    const part = neighbourhoodOf(breaks, { check, run, steps: 5, mostStates: 50 });
    expect([part.order, part.reason]).toEqual([50, 'max-states']);
  });

  test('a run of another system', () => {
    const moves = [{ thread: 7, event: 'STEP' }];
    expect(() => neighbourhoodOf(breaks, { check, run: { moves }, steps: 1 })).toThrow('step 1 of the run');
  });
});

test.each([
  [6000, 'state', 5116],
  [5000, 'bisimulation', 2001],
  [2000, 'places', 1034],
  [500, 'shape', 7],
] as const)('a picture of at most %i nodes shows %s', (most, by, nodes) => {
  const picture = pictureOf(breaks, { most });
  expect([picture?.by, picture?.nodes.length]).toEqual([by, nodes]);
});

test('a picture that cannot be had', () => {
  expect(pictureOf(breaks, { most: 3 })).toBe(null);
  expect(pictureOf(breaks, { most: 500, by: ['places'] })).toBe(null);
});
