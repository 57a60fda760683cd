import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { pictureDot } from './graph-dot.ts';
import { mostDrawn, type ReportGraph } from './graph-page.ts';

/** An SVG for each graph that is small enough for one, by id. Deterministic. */
export async function drawGraphs(graphs: readonly ReportGraph[]): Promise<ReadonlyMap<string, string>> {
  const small = graphs.filter(({ picture }) => picture.nodes.length <= mostDrawn);
  if (small.length === 0) return new Map();
  const graphviz = await Graphviz.load();
  return new Map(
    small.map(({ id, picture }) => [id, embedded(graphviz.layout(pictureDot(picture), 'svg', 'dot'))]),
  );
}

/** The svg element alone: the declaration and the document type have no place inside HTML, comments and ids say nothing there. */
const embedded = (svg: string): string =>
  svg
    .slice(svg.indexOf('<svg'))
    .replace(/<!--[\s\S]*?-->\n?/g, '')
    .replace(/ (?:id|xmlns|xmlns:xlink|font-family)="[^"]*"/g, '')
    .trim();
