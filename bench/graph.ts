// How fast is a graph of some ten thousand states written in each format, and a quotient of it made?
//
// Usage: npx tsx bench/graph.ts
// Seconds of processor time, the median of three runs; exploring the states is part of each.
import { assemble } from '../checking/assemble.ts';
import { dotText } from '../evidence/graph/dot.ts';
import { gexfText } from '../evidence/graph/gexf.ts';
import { graphmlText } from '../evidence/graph/graphml.ts';
import { jsonLines } from '../evidence/graph/json-lines.ts';
import { type Graph, QUOTIENTS } from '../explorer/graph/graph.ts';
import { quotientGraph } from '../explorer/graph/quotient.ts';
import { stateGraph } from '../explorer/graph/states.ts';
import { suites } from '../model/scenarios/suites/index.ts';
import { protocols } from '../model/variants/index.ts';
import { properties } from '../properties/index.ts';

const scenario = suites.default.find((s) => s.name === 'two write-faults in A beside an idle B')!;
const system = assemble(scenario, protocols[0]!, properties);
const bounds = { maxStates: 11_000 };

function seconds(work: () => void): number {
  const runs = [0, 1, 2].map(() => {
    const before = process.cpuUsage();
    work();
    const { user, system: kernel } = process.cpuUsage(before);
    return (user + kernel) / 1e6;
  });
  return runs.sort((a, b) => a - b)[1]!;
}

const length = (pieces: Iterable<string>): number => {
  let n = 0;
  for (const piece of pieces) n += piece.length;
  return n;
};
const formats: Readonly<Record<string, (graph: Graph) => Iterable<string>>> = {
  'gexf, held by graphology': gexfText,
  'gexf, streamed': (graph) => gexfText(graph, 0),
  graphml: graphmlText,
  dot: dotText,
  jsonl: jsonLines,
};

const graph = stateGraph(system, bounds);
console.log(`${system.name}: ${graph.order} states, ${[...graph.edges()].length} steps`);
for (const [name, write] of Object.entries(formats)) {
  let size = 0;
  const time = seconds(() => {
    size = length(write(stateGraph(system, bounds)));
  });
  console.log(`  ${name.padEnd(26)} ${time.toFixed(2)} s  ${(size / 2 ** 20).toFixed(1)} MiB`);
}
for (const by of QUOTIENTS) {
  let order = 0;
  const time = seconds(() => {
    order = quotientGraph(system, { by }, bounds).order;
  });
  console.log(`  quotient by ${by.padEnd(14)} ${time.toFixed(2)} s  ${order} classes`);
}
