import { exitCodes } from '../checking/exit-code.ts';
import { dotText } from '../evidence/graph/dot.ts';
import { gexfText } from '../evidence/graph/gexf.ts';
import { graphmlText } from '../evidence/graph/graphml.ts';
import { jsonLines } from '../evidence/graph/json-lines.ts';
import { mermaidText } from '../evidence/graph/mermaid.ts';
import { GraphTooLarge } from '../evidence/graph/too-large.ts';
import { count } from '../evidence/verdicts.ts';
import { Stopped } from '../evidence/write-stream.ts';
import type { Graph, Quotient } from '../explorer/graph/graph.ts';
import { neighbourhoodOf } from '../explorer/graph/neighbourhood.ts';
import { quotientGraph, TooManyClasses } from '../explorer/graph/quotient.ts';
import { stateGraph } from '../explorer/graph/states.ts';
import type { Bounds } from '../explorer/graph/stored.ts';
import { explore } from '../explorer/search/explore.ts';
import type { System } from '../model/language/system.ts';
import { InputError } from '../model/scenarios/input-error.ts';
import { quoted } from '../model/scenarios/quoted.ts';
import { didYouMean } from '../model/scenarios/suggestion.ts';
import type { GraphFormatName } from './choices.ts';
import { writeStreamed } from './file-option.ts';
import { interruptible } from './interrupt.ts';
import { ProgressLine } from './progress.ts';
import { readCount, readMemory } from './quantities.ts';

/** The graph in each format, as pieces of text. */
const graphFormats: Readonly<Record<GraphFormatName, (graph: Graph) => Iterable<string>>> = {
  gexf: gexfText,
  graphml: graphmlText,
  dot: dotText,
  mermaid: (graph) => [mermaidText(graph)],
  jsonl: jsonLines,
};

export const isGraphFormat = (format: string): format is GraphFormatName => format in graphFormats;

/** Which graph is wanted, as commander leaves it. */
export interface GraphOptions {
  readonly property?: readonly string[];
  readonly quotient?: Quotient;
  readonly shape?: readonly string[];
  readonly around?: string;
  readonly maxStates?: string;
  readonly maxDepth?: string;
  readonly memory?: string;
}

/** The options that only graphs have. */
export const graphOnly = ['quotient', 'shape', 'around', 'maxStates', 'maxDepth', 'memory'] as const;

/** Explores the system and writes its graph; gives the exit code. */
export async function exportGraph(
  system: System,
  format: GraphFormatName,
  path: string | null,
  options: GraphOptions,
): Promise<number> {
  const graph = graphOf(system, options);
  const { stop, dispose } = interruptible('ending the export');
  // Whoever stops reading has what he wanted.
  process.exitCode = exitCodes.holds;
  try {
    await writeStreamed('-o', path, graphFormats[format](graph), () => stop[0] !== 0);
  } catch (error) {
    if (error instanceof Stopped) return exitCodes.interrupted;
    if (!(error instanceof GraphTooLarge)) throw error;
    throw new InputError('limit', '--format', `${count(graph.order, 'node')}: ${error.message}`, error.hint);
  } finally {
    dispose();
  }
  return tellBounds(graph);
}

/** A bound that the user set is no surprise; memory that ran out is one. */
function tellBounds({ reason, states }: Graph): number {
  if (reason === null) return exitCodes.holds;
  process.stderr.write(`cowpte: the graph is not whole (${reason}): ${count(states, 'state')}\n`);
  return reason === 'memory' ? exitCodes.unknown : exitCodes.holds;
}

function graphOf(system: System, options: GraphOptions): Graph {
  const progress = new ProgressLine(false);
  progress.begin(system.name);
  const bounds: Bounds = {
    ...(options.maxStates !== undefined && { maxStates: readCount(options.maxStates, '--max-states') }),
    ...(options.maxDepth !== undefined && { maxDepth: readCount(options.maxDepth, '--max-depth') }),
    ...(options.memory !== undefined && { memory: readMemory(options.memory, '--memory') }),
    progress: (now) => progress.tell(now),
  };
  const shape = readShape(system, options.shape);
  try {
    if (options.around !== undefined) return aroundOf(system, options, bounds, shape);
    if (options.quotient === undefined) return stateGraph(system, bounds, shape);
    return quotientGraph(system, { by: options.quotient, ...(shape && { shape }) }, bounds);
  } catch (error) {
    if (!(error instanceof TooManyClasses)) throw error;
    throw new InputError('limit', '--quotient', error.message, 'take a coarser one or set --max-states');
  } finally {
    progress.clear();
  }
}

function readShape(system: System, named: readonly string[] | undefined): readonly string[] | undefined {
  const known = system.shared.map((v) => v.name);
  for (const name of named ?? []) {
    if (known.includes(name)) continue;
    const what = `no variable of this system is called ${quoted(name)}`;
    const hint = didYouMean(name, known);
    throw new InputError('unknown-name', '--shape', what, hint || `there are ${known.join(', ')}`);
  }
  return named;
}

/** The graph round the counterexample of the one property that is named. */
function aroundOf(
  system: System,
  { property, quotient, around }: GraphOptions,
  bounds: Bounds,
  shape: readonly string[] | undefined,
): Graph {
  const steps = readCount(around!, '--around', 0);
  const check = property?.[0];
  if (check === undefined || property?.length !== 1) {
    throw new InputError('usage', '--around', 'needs one --property, whose counterexample it is');
  }
  if (quotient !== undefined) {
    throw new InputError('usage', '--around', 'there is no quotient of a neighbourhood');
  }
  const { run, verdict } = explore(system, bounds).findings.find((f) => f.check === check)!;
  if (!run) {
    const why = verdict === 'holds' ? 'holds' : 'was not violated within the bounds';
    throw new InputError('contradiction', '--around', `${check} ${why}: there is no counterexample`);
  }
  const { maxStates: mostStates } = bounds;
  return neighbourhoodOf(system, {
    check,
    run,
    steps,
    ...(mostStates !== undefined && { mostStates }),
    ...(shape && { shape }),
  });
}
