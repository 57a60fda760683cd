import type { System } from '../../model/language/system.ts';
import type { Graph, GraphEdge, GraphNode, Quotient } from './graph.ts';
import { type Partition, partition } from './partition.ts';
import { type Steps, stepsOf } from './steps.ts';
import { type Bounds, explored, levelsOf, type Stored } from './stored.ts';
import { Telling } from './telling.ts';

/** A quotient has more classes than it may have. */
export class TooManyClasses extends Error {
  override readonly name = 'TooManyClasses';
  readonly classes: number;
  constructor(by: Quotient, classes: number, most: number) {
    super(`the quotient by ${by} has ${classes} classes, the most is ${most}`);
    this.classes = classes;
  }
}

/** Most classes of a quotient: it is held in memory, and nobody looks at more. */
const MOST_CLASSES = 1_000_000;

/** What a quotient is made by, and of how many classes at most. */
export interface QuotientRequest {
  readonly by: Quotient;
  /** Names of the variables that make up the shape. Default: what the system says. */
  readonly shape?: readonly string[];
  /** Default: a million. */
  readonly mostClasses?: number;
}

/**
 * The state graph of a system with states put together: by the places of the threads, by the values of the variables that make up
 * the shape, by strongly connected component, or by strong bisimulation over steps labelled with thread, place, event and the
 * checks violated. Steps inside a class are only counted where the class is made of a shape or of a cycle; otherwise they
 * are shown as loops. Throws TooManyClasses.
 */
export function quotientGraph(system: System, request: QuotientRequest, bounds: Bounds = {}): Graph {
  const stored = explored(system, bounds);
  return quotientOf(stored, request, new Telling(stored.program, request.shape));
}

/** The quotient of states that are stored. */
export function quotientOf(
  stored: Stored,
  { by, mostClasses = MOST_CLASSES }: QuotientRequest,
  telling = new Telling(stored.program),
): Graph {
  let collected: Steps | null = null;
  const steps = (): Steps => {
    collected ??= stepsOf(stored, telling);
    return collected;
  };
  const parts = partition(by, stored, telling, steps);
  if (parts.classes > mostClasses) throw new TooManyClasses(by, parts.classes, mostClasses);
  const nodes = classNodes(by, stored, parts, steps(), telling);
  const edges = classEdges(by, parts, steps());
  return {
    name: stored.program.system.name,
    by,
    order: parts.classes,
    states: stored.count,
    reason: stored.reason,
    around: null,
    nodes: () => nodes,
    edges: () => edges,
  };
}

/** Only counts steps that stay in the class. */
const hidesInside = (by: Quotient): boolean => by === 'shape' || by === 'scc';

type Gathered = { -readonly [K in keyof GraphNode]: GraphNode[K] };

function classNodes(
  by: Quotient,
  stored: Stored,
  { classOf }: Partition,
  steps: Steps,
  telling: Telling,
): GraphNode[] {
  const { graph, program } = stored;
  const nodes: Gathered[] = [];
  const seen: Set<string>[] = [];
  const levels = levelsOf(stored);
  let depth = 0;
  classOf.forEach((number, state) => {
    while (depth + 1 < levels.length && state >= levels[depth + 1]!) depth++;
    const enabled = steps.first[state + 1]! - steps.first[state]!;
    const now = telling.state(graph.configuration(state), steps.open[state] ? 1 : enabled);
    seen[number] ??= new Set();
    for (const check of now.violates) seen[number].add(check);
    const node = nodes[number];
    if (!node) {
      nodes[number] = {
        ...now,
        number,
        depth,
        row: 0,
        width: 0,
        open: false,
        states: 0,
        inside: 0,
        onRun: null,
      };
    }
    const own = nodes[number]!;
    own.states++;
    own.final ||= now.final;
    own.deadlock ||= now.deadlock;
    own.open ||= steps.open[state] === 1;
    if (hidesInside(by)) own.inside += lookInside(steps, classOf, state, seen[number]!);
  });
  for (const node of nodes) {
    const { checks } = program;
    node.violates = checks.map((c) => c.declared.name).filter((name) => seen[node.number]!.has(name));
    if (by === 'shape') node.label = node.shape;
  }
  return inRows(nodes);
}

/** How many steps of a state stay in its class; the checks that these violate are added to what is seen of it. */
function lookInside(
  { first, to, label, labels }: Steps,
  classOf: Int32Array,
  state: number,
  seen: Set<string>,
): number {
  let inside = 0;
  for (let e = first[state]!; e < first[state + 1]!; e++) {
    if (classOf[to[e]!] !== classOf[state]) continue;
    inside++;
    for (const check of labels[label[e]!]!.violates) seen.add(check);
  }
  return inside;
}

/** Gives each node its number among those of the same depth. */
export function inRows(nodes: Gathered[]): GraphNode[] {
  const widths = new Map<number, number>();
  for (const node of nodes) {
    node.row = widths.get(node.depth) ?? 0;
    widths.set(node.depth, node.row + 1);
  }
  for (const node of nodes) node.width = widths.get(node.depth)!;
  return nodes;
}

function classEdges(by: Quotient, { classOf, classes }: Partition, steps: Steps): GraphEdge[] {
  const { first, to, label, labels } = steps;
  const counts = new Map<number, number>();
  for (let state = 0; state < classOf.length; state++) {
    for (let e = first[state]!; e < first[state + 1]!; e++) {
      const target = classOf[to[e]!]!;
      if (hidesInside(by) && target === classOf[state]) continue;
      const key = (classOf[state]! * classes + target) * labels.length + label[e]!;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const keys = [...counts.keys()].sort((a, b) => a - b);
  return keys.map((key) => {
    const pair = Math.floor(key / labels.length);
    const step = labels[key % labels.length]!;
    const [from, target] = [Math.floor(pair / classes), pair % classes];
    return { from, to: target, ...step, steps: counts.get(key)!, onRun: null };
  });
}
