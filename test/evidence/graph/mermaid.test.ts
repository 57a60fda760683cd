import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mermaidText } from '../../../evidence/graph/mermaid.ts';
import { quotientGraph } from '../../../explorer/graph/quotient.ts';
import { stateGraph } from '../../../explorer/graph/states.ts';
import { barriers } from '../../classics/barriers.ts';
import { increment } from '../../classics/increment.ts';
import { mcsLock } from '../../classics/mcs-lock.ts';
import { madeGraph } from './made-graph.ts';

test('a graph whole', () => {
  expect(mermaidText(quotientGraph(increment(2), { by: 'shape' }))).toMatchInlineSnapshot(`
    "%% increment(2)
    flowchart TD
      n0["i: 0<br/>4 states"]
      n1(["i: 1<br/>7 states"])
      n2(["i: 2<br/>2 states"])
      n0 -->|"p0 write (2)"| n1
      n0 -->|"p1 write (2)"| n1
      n1 -->|"p0 write"| n2
      n1 -->|"p1 write"| n2
      style n1 stroke:#b00020,stroke-width:2px
    "
  `);
});

test('every node and edge has its line, whatever the names are', () => {
  fc.assert(
    fc.property(madeGraph, (graph) => {
      const [first, second, ...lines] = mermaidText(graph).trimEnd().split('\n');
      expect([first!.startsWith('%% '), second]).toEqual([true, 'flowchart TD']);
      const safe = '[^"#<>`|\\\\;\\x00-\\x1f]*(?:(?:#\\d+;|<br/>)[^"#<>`|\\\\;\\x00-\\x1f]*)*';
      const nodes = lines.filter((l) =>
        new RegExp(`^ {2}n\\d+(?:\\["${safe}"\\]|\\(\\["${safe}"\\]\\))$`).test(l),
      );
      const edges = lines.filter((l) => new RegExp(`^ {2}n\\d+ -->\\|"${safe}"\\| n\\d+$`).test(l));
      const styles = lines.filter((l) =>
        /^ {2}(?:style n\d+|linkStyle \d+) stroke:#\w{6},stroke-width:2px$/.test(l),
      );
      expect([nodes.length, edges.length]).toEqual([graph.order, [...graph.edges()].length]);
      expect(nodes.length + edges.length + styles.length).toBe(lines.length);
    }),
  );
});

test('what Mermaid would not draw is refused', () => {
  const small = stateGraph(mcsLock(2));
  const many = [...small.edges(), ...small.edges()];
  expect(() => mermaidText(stateGraph(barriers(2)))).not.toThrow();
  expect(() => mermaidText(stateGraph(mcsLock(3)))).toThrow('mermaid carries at most 200 nodes');
  expect(() => mermaidText({ ...small, edges: () => many })).toThrow('mermaid carries at most 500 edges');
  const long = [...small.nodes()].map((node) => ({ ...node, label: 'x'.repeat(400) }));
  expect(() => mermaidText({ ...small, nodes: () => long })).toThrow(
    'mermaid carries at most 50000 characters',
  );
});
