import { describe, expect, test } from 'vitest';
import { pictureDot } from '../../../evidence/report/graph-dot.ts';
import { graphSections, kindsOf, packGraph } from '../../../evidence/report/graph-page.ts';
import { drawGraphs } from '../../../evidence/report/graph-svg.ts';
import type { GraphEdge, GraphNode } from '../../../explorer/graph/graph.ts';
import type { Picture } from '../../../explorer/graph/picture.ts';

const node = (number: number, depth: number, more: Partial<GraphNode> = {}): GraphNode => ({
  number,
  depth,
  row: 0,
  width: 1,
  label: `A/0 place_${number}, A/1 start`,
  shape: '',
  final: false,
  deadlock: false,
  open: false,
  violates: [],
  states: 1,
  inside: 0,
  onRun: null,
  ...more,
});
const edge = (from: number, to: number, thread: string, violates: readonly string[] = []): GraphEdge => ({
  from,
  to,
  thread,
  event: 'STEP',
  step: `place_${from}`,
  says: '',
  function: '',
  file: '',
  line: 0,
  violates,
  steps: 1,
  onRun: null,
});
const picture: Picture = {
  name: 'made',
  by: 'shape',
  states: 7,
  reason: null,
  nodes: [
    node(0, 0),
    node(1, 1, { width: 2, states: 4, label: 'a "quote" \\ and </svg>' }),
    node(2, 1, { width: 2, row: 1, violates: ['no-leak'] }),
    node(3, 2, { final: true }),
    node(4, 3),
  ],
  edges: [
    edge(0, 1, 'A/0'),
    edge(0, 1, 'A/1'),
    edge(0, 1, 'B/0'),
    edge(0, 2, 'A/0'),
    edge(1, 3, 'A/1'),
    edge(3, 4, 'A/1', ['right-lock']),
    edge(3, 3, 'A/1'),
  ],
};
const graph = { id: 'made', scenario: '<made>', picture };

test('a node is marked for what is worst about it', () => {
  expect(kindsOf(picture)).toEqual(['initial', 'inner', 'violating', 'final', 'violating']);
});

test('edges between the same nodes are one, and say what breaks', () => {
  expect(pictureDot(picture).split('\n').slice(4, -2)).toEqual([
    String.raw`  n0 [class=initial, label="initial\lA/0 place_0\lA/1 start\l"];`,
    String.raw`  n1 [class=inner, label="a \"quote\" \\ and </svg>\l4 states\l"];`,
    String.raw`  n2 [class=violating, label="A/0 place_2\lA/1 start\lviolates no-leak\l", penwidth=2.5];`,
    String.raw`  n3 [class=final, label="A/0 place_3\lA/1 start\l", peripheries=2];`,
    String.raw`  n4 [class=violating, label="A/0 place_4\lA/1 start\l", penwidth=2.5];`,
    String.raw`  n0 -> n1 [label="A/0 place_0\lA/1 place_0\l1 more\l"];`,
    String.raw`  n0 -> n2 [label="A/0 place_0\l"];`,
    String.raw`  n1 -> n3 [label="A/1 place_1\l"];`,
    String.raw`  n3 -> n4 [label="A/1 place_3\lviolates right-lock\l", class=violating, penwidth=2];`,
    String.raw`  n3 -> n3 [label="A/1 place_3\l"];`,
  ]);
});

describe('a small graph', () => {
  test('is drawn, the same each time, without a style or an id that the page does not know', async () => {
    const [svg, again] = [await drawGraphs([graph]), await drawGraphs([graph])].map(
      (all) => all.get('made')!,
    );
    expect(svg).toBe(again);
    expect(svg!.match(/<g class="node /g)).toHaveLength(5);
    expect(svg).toContain('a &quot;quote&quot; \\ and &lt;/svg&gt;');
    expect(svg).not.toMatch(/ (?:style|id)=/);
  });

  test('has a section that says what a node is', () => {
    const section = graphSections([graph], new Map([['made', '<svg></svg>']]));
    expect(section).toContain('<section class="graph" id="graph=made" aria-label="Graph of &lt;made&gt;">');
    expect(section).toContain(
      '7 states in 5 nodes and 7 edges. A node is a class of states with the same tables',
    );
    expect(section).toContain('<p>0: 1, 1: 2, 2: 1, 3: 1</p>');
  });
});

test('a part of a graph is called a part', () => {
  const cut = { ...graph, picture: { ...picture, reason: 'max-states' } } as const;
  expect(graphSections([cut], new Map())).toContain('The search was ended by max-states: this is a part.');
});

test('a large graph is packed with each label once', () => {
  expect(packGraph(graph)).toEqual({
    id: 'made',
    labels: [
      'A/0 place_0',
      'A/1 start',
      'a "quote" \\ and </svg>',
      'A/0 place_2',
      'A/0 place_3',
      'A/0 place_4',
    ],
    nodes: [
      [0, 1, 0, 1, 0, 1],
      [0, 2, 1, 0, 2],
      [1, 2, 1, 3, 3, 1],
      [0, 1, 2, 2, 4, 1],
      [0, 1, 3, 3, 5, 1],
    ],
    edges: [
      [0, 1],
      [0, 2],
      [1, 3],
      [3, 4],
    ],
  });
});
