import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Graph, QUOTIENTS, type Quotient } from '../../../explorer/graph/graph.ts';
import { quotientGraph, quotientOf, TooManyClasses } from '../../../explorer/graph/quotient.ts';
import { graphOfStates, stateGraph } from '../../../explorer/graph/states.ts';
import { explored, type Stored } from '../../../explorer/graph/stored.ts';
import type { System } from '../../../model/language/system.ts';
import { increment } from '../../classics/increment.ts';
import { mcsLock } from '../../classics/mcs-lock.ts';
import { peterson } from '../../classics/peterson.ts';
import { ticketLock } from '../../classics/ticket-lock.ts';
import { twoPhaseCommit } from '../../classics/two-phase-commit.ts';
import { systemOf } from '../../threads/explored.ts';
import { randomSystem } from '../random-system.ts';

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((a, b) => a + b, 0);
const sizes = (graph: Graph): readonly [number, number] => [graph.order, [...graph.edges()].length];
const breaks = systemOf({ threads: ['A:break-only', 'A:break-only', 'B'] });

describe('the number of classes and of edges between them', () => {
  test.each<[string, System, Readonly<Record<Quotient, readonly [number, number]>>]>([
    ['peterson', peterson(), { places: [32, 58], shape: [8, 18], scc: [1, 0], bisimulation: [33, 58] }],
    ['increment(2)', increment(2), { places: [9, 14], shape: [3, 4], scc: [13, 14], bisimulation: [12, 14] }],
    [
      'ticket lock(2)',
      ticketLock(2),
      { places: [40, 74], shape: [12, 32], scc: [1, 0], bisimulation: [41, 74] },
    ],
    [
      'two breaks of A beside B',
      breaks,
      { places: [1034, 2096], shape: [7, 18], scc: [5116, 9018], bisimulation: [2001, 3722] },
    ],
  ])('%s', (_, system, expected) => {
    const found = QUOTIENTS.map((by) => [by, sizes(quotientGraph(system, { by }))]);
    expect(Object.fromEntries(found)).toEqual(expected);
  });
});

test('a quotient loses no state and no step, and shows none that is not there', () => {
  for (const system of [mcsLock(2), twoPhaseCommit(3), systemOf({ threads: ['A:write-fault', 'B:exit'] })]) {
    const stored = explored(system);
    const whole = graphOfStates(stored);
    for (const by of QUOTIENTS) {
      const quotient = quotientOf(stored, { by });
      const [nodes, edges] = [[...quotient.nodes()], [...quotient.edges()]];
      expect(nodes.map((n) => n.number)).toEqual(nodes.map((_, n) => n));
      expect(sum(nodes.map((n) => n.states))).toBe(whole.order);
      const steps = sum(edges.map((e) => e.steps)) + sum(nodes.map((n) => n.inside));
      expect(steps).toBe([...whole.edges()].length);
      expect(nodes.some((n) => n.final)).toBe([...whole.nodes()].some((n) => n.final));
      const labels = (graph: Graph): Set<string> =>
        new Set([...graph.edges()].map((e) => `${e.thread} ${e.step}`));
      if (by === 'bisimulation' || by === 'places') expect(labels(quotient)).toEqual(labels(whole));
    }
  }
});

test('the quotient by places tells every two states apart that differ in a place', () => {
  const stored = explored(mcsLock(2));
  const labels = [...quotientOf(stored, { by: 'places' }).nodes()].map((n) => n.label);
  const expected = [...graphOfStates(stored).nodes()].map((n) => n.label);
  expect(labels).toEqual([...new Set(expected)]);
});

/** The greatest bisimulation by its definition: of all pairs those that are alike, until no pair is lost. */
function related(stored: Stored): boolean[][] {
  const graph = graphOfStates(stored);
  const nodes = [...graph.nodes()];
  const out = nodes.map((): { readonly label: string; readonly to: number }[] => []);
  for (const e of graph.edges()) {
    out[e.from]!.push({ label: JSON.stringify([e.thread, e.step, e.event, e.violates]), to: e.to });
  }
  const seen = nodes.map((n) => JSON.stringify([n.final, n.deadlock, n.violates]));
  const alike = nodes.map((_, a) => nodes.map((__, b) => seen[a] === seen[b]));
  const answers = (a: number, b: number): boolean =>
    out[a]!.every((e) => out[b]!.some((f) => f.label === e.label && alike[e.to]![f.to]));
  for (let lost = true; lost; ) {
    lost = false;
    for (const a of nodes.keys()) {
      for (const b of nodes.keys()) {
        if (!alike[a]![b] || (answers(a, b) && answers(b, a))) continue;
        alike[a]![b] = false;
        lost = true;
      }
    }
  }
  return alike;
}

test('the quotient by bisimulation is the greatest one', () => {
  fc.assert(
    fc.property(randomSystem, (system) => {
      const stored = explored(system, { maxStates: 60 });
      fc.pre(stored.reason === null);
      const classes = new Set(related(stored).map((row) => row.indexOf(true)));
      expect(quotientOf(stored, { by: 'bisimulation' }).order).toBe(classes.size);
    }),
    { numRuns: 60 },
  );
  expect(quotientGraph(peterson(), { by: 'bisimulation' }).order).toBe(
    new Set(related(explored(peterson())).map((row) => row.indexOf(true))).size,
  );
});

test('names of tables do not make a shape', () => {
  // Either of the two breaks may have allocated the copy: each has a table of its own to take.
  const shapes = [...quotientGraph(breaks, { by: 'shape' }).nodes()].map((n) => n.label);
  expect(shapes[0]).toBe('life[T0]: published, ref[T0]: 2, slot[A:0]: table=T0 w=0, slot[B:0]: table=T0 w=0');
  expect(new Set(shapes).size).toBe(shapes.length);
  expect(quotientGraph(breaks, { by: 'shape', shape: ['slot_w'] }).order).toBe(2);
  expect(() => quotientGraph(breaks, { by: 'shape', shape: ['slots'] })).toThrow(
    "unknown shared variable 'slots'",
  );
});

test('a bound is told, and the states that it cut off are open', () => {
  const cut = quotientGraph(breaks, { by: 'bisimulation' }, { maxStates: 100 });
  expect([cut.reason, cut.states <= 100, [...cut.nodes()].some((n) => n.open)]).toEqual([
    'max-states',
    true,
    true,
  ]);
  const part = stateGraph(breaks, { maxDepth: 5 });
  const open = [...part.nodes()].filter((n) => n.open);
  expect(part.reason).toBe('max-depth');
  expect(new Set(open.map((n) => n.depth))).toEqual(new Set([5]));
  for (const e of part.edges()) expect(e.to).toBeLessThan(part.order);
});

test('too many classes', () => {
  expect(() => quotientGraph(breaks, { by: 'places', mostClasses: 1000 })).toThrow(TooManyClasses);
});
