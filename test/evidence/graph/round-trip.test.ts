import { spawnSync } from 'node:child_process';
import { Graphviz } from '@hpcc-js/wasm-graphviz';
import fc from 'fast-check';
import { MultiDirectedGraph } from 'graphology';
import gexf from 'graphology-gexf';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import type { Value } from '../../../evidence/graph/attributes.ts';
import { dotText } from '../../../evidence/graph/dot.ts';
import { gexfText } from '../../../evidence/graph/gexf.ts';
import { graphmlText } from '../../../evidence/graph/graphml.ts';
import { graphologyOf } from '../../../evidence/graph/graphology.ts';
import { jsonLines } from '../../../evidence/graph/json-lines.ts';
import type { Graph } from '../../../explorer/graph/graph.ts';
import { neighbourhoodOf } from '../../../explorer/graph/neighbourhood.ts';
import { quotientGraph } from '../../../explorer/graph/quotient.ts';
import { stateGraph } from '../../../explorer/graph/states.ts';
import { explore } from '../../../explorer/search/explore.ts';
import { mcsLock } from '../../classics/mcs-lock.ts';
import { petersonN } from '../../classics/peterson-n.ts';
import { systemOf } from '../../threads/explored.ts';
import { madeGraph } from './made-graph.ts';
import { asText, type Told, told } from './told.ts';

const breaks = systemOf({ threads: ['A:break-only', 'A:break-only', 'B'] });
const check = 'seqcount-one-writer';
const run = explore(breaks).findings.find((f) => f.check === check)!.run!;
const real: readonly (readonly [string, Graph])[] = [
  ['MCS lock', stateGraph(mcsLock(2))],
  ['Peterson by places', quotientGraph(petersonN(3), { by: 'places' })],
  ['breaks by shape', quotientGraph(breaks, { by: 'shape' })],
  ['breaks near a counterexample', neighbourhoodOf(breaks, { check, run, steps: 2 })],
  ['cut off', stateGraph(breaks, { maxDepth: 6 })],
];
const large: readonly (readonly [string, Graph])[] = [
  ...real,
  ['a fault', stateGraph(systemOf({ threads: ['A:write-fault', 'B:exit'] }), { maxStates: 600 })],
];

const text = (pieces: Iterable<string>): string => [...pieces].join('');

/** The attributes that a reader found, without those that only say how to draw. */
const without = (attributes: Record<string, unknown>, ...names: string[]): Record<string, Value> =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.includes(name))) as Record<
    string,
    Value
  >;

function readGexf(source: string): Told {
  const graph = gexf.parse(MultiDirectedGraph, source, { respectInputGraphType: true });
  return {
    nodes: graph.mapNodes((name, attributes) => [name, without(attributes, 'color')] as const),
    edges: graph.mapEdges((_, attributes, from, to) => [from, to, without(attributes, 'color')] as const),
  };
}

function readGraphml(source: string): Told {
  const nodes: [string, Record<string, Value>][] = [];
  const edges: [string, string, Record<string, Value>][] = [];
  const types = new Map<string, string>();
  let now: Record<string, Value> = {};
  let key = '';
  let content = '';
  const typed = (value: string): Value => {
    if (types.get(key) === 'boolean') return value === 'true';
    return types.get(key) === 'string' ? value : Number(value);
  };
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ local, uri, attributes }) => {
    expect(uri).toBe('http://graphml.graphdrawing.org/xmlns');
    const value = (name: string): string => attributes[name]!.value;
    if (local === 'key') types.set(value('id'), value('attr.type'));
    if (local === 'graph' || local === 'node' || local === 'edge') now = {};
    if (local === 'node') nodes.push([value('id'), now]);
    if (local === 'edge') edges.push([value('source'), value('target'), now]);
    if (local === 'data') key = value('key');
    content = '';
  });
  parser.on('text', (more) => {
    content += more;
  });
  parser.on('closetag', ({ local }) => {
    if (local === 'data') now[key.split('.')[1]!] = typed(content);
  });
  parser.write(source).close();
  return { nodes, edges };
}

interface DotJson {
  readonly objects: readonly (Record<string, string> & { readonly name: string })[];
  readonly edges?: readonly (Record<string, string> & { readonly tail: number; readonly head: number })[];
}

/** A string of DOT without its escapes. */
const unquoted = (value: string): string => value.replaceAll('\\\\', '\\');
const ofLayout = [
  '_gvid',
  'name',
  'tail',
  'head',
  'fontname',
  'fontsize',
  'color',
  'fontcolor',
  'penwidth',
  'peripheries',
];
const ofNodes = ['style', 'fillcolor'];

function readDot(json: string): Told {
  const { objects, edges = [] } = JSON.parse(json) as DotJson;
  const attributes = (given: Record<string, unknown>): Record<string, Value> => {
    const {
      label: _drawn,
      state_shape,
      shape: _ofBox,
      ...rest
    } = without(given, ...ofLayout, ...ofNodes) as Record<string, string>;
    const all = { ...rest, ...(state_shape !== undefined && { shape: state_shape }) };
    return Object.fromEntries(Object.entries(all).map(([k, v]) => [k, unquoted(v)]));
  };
  return {
    nodes: objects.map((o) => [o.name, attributes(o)] as const),
    edges: edges.map((e) => [objects[e.tail]!.name, objects[e.head]!.name, attributes(e)] as const),
  };
}

/** In DOT the label is drawn, and the positions are left to Graphviz. */
const inDot = (graph: Graph): Told => asText(told(graph, (name) => ['label', 'x', 'y'].includes(name)));
/** Graphviz lists edges by their tails, and gives to all what it has met on one. */
const sorted = ({ nodes, edges }: Told) => {
  const full = (attributes: Readonly<Record<string, Value>>) =>
    Object.entries(attributes)
      .filter(([, value]) => value !== '')
      .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    nodes: nodes.map(([name, attributes]) => [name, full(attributes)]),
    edges: edges.map(([from, to, attributes]) => JSON.stringify([from, to, full(attributes)])).sort(),
  };
};

describe('GEXF is read back by graphology', () => {
  const isEmpty = (_: string, value: Value): boolean => value === '';
  test.each(large)('%s', (_, graph) => {
    const expected = told(graph, isEmpty);
    expect(readGexf(text(gexfText(graph)))).toEqual(expected);
    expect(readGexf(text(gexfText(graph, 0)))).toEqual(expected);
  });

  test('whatever the names are', () => {
    fc.assert(
      fc.property(madeGraph, (graph) => {
        const expected = told(graph, isEmpty);
        expect(readGexf(text(gexfText(graph)))).toEqual(expected);
        expect(readGexf(text(gexfText(graph, 0)))).toEqual(expected);
      }),
    );
  });
});

describe('GraphML is read back by an XML parser', () => {
  test.each(large)('%s', (_, graph) => {
    expect(readGraphml(text(graphmlText(graph)))).toEqual(told(graph));
  });

  test('whatever the names are', () => {
    fc.assert(
      fc.property(madeGraph, (graph) => {
        expect(readGraphml(text(graphmlText(graph)))).toEqual(told(graph));
      }),
    );
  });
});

describe('DOT is read back by Graphviz', async () => {
  const graphviz = await Graphviz.load();
  const read = (graph: Graph): Told => readDot(graphviz.layout(text(dotText(graph)), 'dot_json', 'dot'));

  test.each(real.slice(2))('%s', (_, graph) => {
    expect(sorted(read(graph))).toEqual(sorted(inDot(graph)));
  });

  test('and drawn', () => {
    const svg = graphviz.layout(text(dotText(real[2]![1])), 'svg', 'dot');
    expect(svg.match(/<g id="node\d+"/g)).toHaveLength(7);
    expect(svg).toContain('>slot[A:0]: table=T0 w=0<');
    for (const graph of fc.sample(madeGraph, { numRuns: 50, seed: 3 })) {
      const node = { ...[...graph.nodes()][0]!, label: '<b> &lt; "q" \\N\t' };
      const odd = { ...graph, name: graph.name.slice(0, 1), nodes: () => [node], edges: () => [] };
      const drawn = graphviz.layout(text(dotText(odd)), 'svg', 'dot');
      expect(drawn).toContain('>&lt;b&gt; &amp;lt; &quot;q&quot; \\N\\u0009<');
    }
  });

  const binary = spawnSync('dot', ['-V']).status === 0;
  test.skipIf(!binary)('by the program, whatever the names are', () => {
    // One run for all: the program takes several graphs in one file, and writes a JSON text for each.
    const graphs = fc.sample(madeGraph, { numRuns: 60, seed: 7 });
    const input = graphs.map((graph) => text(dotText(graph))).join('');
    const { stdout, stderr } = spawnSync('dot', ['-Tdot_json'], { input, encoding: 'utf8' });
    expect(stderr).toBe('');
    const found = stdout.trimEnd().split(/(?<=^\})\n(?=\{$)/m);
    expect(found.map((json) => sorted(readDot(json)))).toEqual(graphs.map((graph) => sorted(inDot(graph))));
  });
});

test('JSON lines are read back as they are in the library', () => {
  fc.assert(
    fc.property(fc.oneof(madeGraph, fc.constantFrom(...real.map(([, graph]) => graph))), (graph) => {
      const written = text(jsonLines(graph));
      // Nothing that a terminal may obey.
      expect(written).not.toMatch(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/);
      const lines = written.trimEnd().split('\n');
      const [head, ...rest] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(head).toMatchObject({
        kind: 'graph',
        name: graph.name,
        nodes: graph.order,
        reason: graph.reason,
      });
      const plain = (value: object): unknown => JSON.parse(JSON.stringify(value));
      expect(rest.filter((r) => r['kind'] === 'node')).toEqual(
        [...graph.nodes()].map((n) => plain({ kind: 'node', ...n })),
      );
      expect(rest.filter((r) => r['kind'] === 'edge')).toEqual(
        [...graph.edges()].map((e) => plain({ kind: 'edge', ...e })),
      );
    }),
  );
});

test('graphology holds the graph', () => {
  const held = graphologyOf(real[0]![1]);
  expect([held.order, held.size]).toEqual([159, 318]);
  expect(held.getNodeAttribute('n0', 'depth')).toBe(0);
});

test('the same bytes each time', () => {
  for (const write of [gexfText, graphmlText, dotText, jsonLines]) {
    const again = stateGraph(mcsLock(2));
    expect(text(write(again))).toBe(text(write(real[0]![1])));
  }
});
