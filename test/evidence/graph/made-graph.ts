import fc from 'fast-check';
import type { Graph, GraphEdge, GraphNode } from '../../../explorer/graph/graph.ts';

/** Names that some format gives a meaning to. */
const nasty = [
  '<b>"bold"</b> & \'more\'',
  'a\\n\\"b\\',
  ']]>&lt;!--',
  '}; node [label=""] //',
  'line\none\ttab\rreturn',
  'bell \u0007 escape \u001b[31m null \u0000',
  'C1 \u009b31m, turned \u202e',
  'half \ud800 of a pair, \ufffe, \u2028',
  'end --> %%{init: {}}%% #quot; `tick` | pipe',
  '',
  '\u00e9\u6f22\u{1f600}',
];
const name = fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary', maxLength: 12 }));
const maybe = fc.option(fc.nat(9), { nil: null });

const node = (number: number): fc.Arbitrary<GraphNode> =>
  fc.record({
    number: fc.constant(number),
    depth: fc.nat(5),
    row: fc.nat(3),
    width: fc.integer({ min: 4, max: 9 }),
    label: name,
    shape: name,
    final: fc.boolean(),
    deadlock: fc.boolean(),
    open: fc.boolean(),
    violates: fc.array(name, { maxLength: 2 }),
    states: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    inside: fc.nat(9),
    onRun: maybe,
  });

const edge = (order: number): fc.Arbitrary<GraphEdge> =>
  fc.record({
    from: fc.nat(order - 1),
    to: fc.nat(order - 1),
    thread: name,
    event: name,
    step: name,
    says: name,
    function: name,
    file: name,
    line: fc.nat(9999),
    violates: fc.array(name, { maxLength: 2 }),
    steps: fc.integer({ min: 1, max: 99 }),
    onRun: maybe,
  });

/** Small graphs with loops, parallel edges and names that nobody would give. */
export const madeGraph: fc.Arbitrary<Graph> = fc
  .integer({ min: 1, max: 5 })
  .chain((order) =>
    fc.record({
      name,
      nodes: fc.tuple(...Array.from({ length: order }, (_, n) => node(n))),
      edges: fc.array(edge(order), { maxLength: 8 }),
      around: fc.option(name, { nil: null }),
    }),
  )
  .map(({ nodes, edges, ...rest }) => ({
    ...rest,
    by: 'state' as const,
    order: nodes.length,
    states: nodes.length,
    reason: null,
    nodes: () => nodes,
    edges: () => edges,
  }));
