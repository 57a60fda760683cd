import type { PlaceMeta } from '../../model/language/machine.ts';
import type { System } from '../../model/language/system.ts';
import { compile } from '../compile/compile.ts';
import { placeIn } from '../compile/layout.ts';
import type { Program, ProgramPlace } from '../program/program.ts';
import { readSystem } from '../program/program.ts';
import { PackedGraph } from '../search/packed-graph.ts';

/** A step as both systems may know it. */
export interface ComparedStep {
  readonly thread: string;
  readonly event: string;
  readonly step: string;
  readonly says: string;
  readonly function: string;
  readonly file: string;
  readonly line: number;
}

/** The shortest run that both systems can take, after which one of them can take a step that the other cannot. */
interface Parting {
  readonly run: readonly ComparedStep[];
  /** Which system has the step: 0 or 1; and the step. */
  readonly by: 0 | 1;
  readonly step: ComparedStep;
  /** What the same thread does in the other system; null if it cannot go on there, or has ended. */
  readonly instead: ComparedStep | null;
  /** Where the thread stands in the other system. */
  readonly at: string;
}

/** How far two systems were walked side by side. */
export interface Walk {
  /** Null if they do not part in what was walked. */
  readonly parting: Parting | null;
  /** Pairs of states that were met, and whether these are all that one can come to side by side. */
  readonly pairs: number;
  readonly exhaustive: boolean;
}

const MOST_PAIRS = 200_000;

/** One of the two systems. */
interface Side {
  readonly program: Program;
  readonly graph: PackedGraph;
}

interface Pair {
  readonly states: readonly [Int32Array, Int32Array];
  readonly from: number;
  readonly by: ComparedStep | null;
}

/**
 * Walks two systems with the same threads side by side, breadth first: both take the steps that both can take. Steps are the same
 * if thread, event, function and what they say agree, and the line too where it counts in the same source. A thread with one
 * event can go on in one way only, so the walk does not have to guess.
 */
export function partingOf(systems: readonly [System, System], mostPairs = MOST_PAIRS): Walk {
  const sides = systems.map((system): Side => {
    const program = readSystem({ ...system, checks: [] });
    return { program, graph: new PackedGraph(compile(program, { deadLocals: true })) };
  }) as unknown as readonly [Side, Side];
  const met = new Set<string>();
  const pairs: Pair[] = [];
  const meet = (states: Pair['states'], from: number, by: ComparedStep | null): boolean => {
    const key = `${states[0].join(' ')}|${states[1].join(' ')}`;
    if (met.has(key)) return true;
    if (pairs.length >= mostPairs) return false;
    met.add(key);
    pairs.push({ states, from, by });
    return true;
  };
  meet([sides[0].graph.compiled.initial, sides[1].graph.compiled.initial], -1, null);
  let exhaustive = true;
  for (let n = 0; n < pairs.length; n++) {
    const { states } = pairs[n]!;
    const ways = sides.map((side, s) => waysFrom(side, states[s]!)) as unknown as readonly [Way[], Way[]];
    for (const by of [0, 1] as const) {
      const other = by === 0 ? 1 : 0;
      const own = ways[by].find((way) => !ways[other].some((w) => isSame(way, w)));
      if (!own) continue;
      const instead = ways[other].find((w) => w.step.thread === own.step.thread) ?? null;
      const at = placeAt(sides[other], states[other], own.thread).name;
      const parting = { run: runTo(pairs, n), by, step: own.step, instead: instead?.step ?? null, at };
      return { parting, pairs: pairs.length, exhaustive };
    }
    for (const way of ways[0]) {
      const same = ways[1].find((w) => isSame(way, w))!;
      exhaustive = meet([way.to, same.to], n, way.step) && exhaustive;
    }
  }
  return { parting: null, pairs: pairs.length, exhaustive };
}

interface Way {
  readonly thread: number;
  readonly step: ComparedStep;
  readonly source: string;
  readonly to: Int32Array;
}

const placeAt = ({ program, graph }: Side, state: Int32Array, thread: number): ProgramPlace =>
  program.threads[thread]!.places[placeIn(graph.compiled.layout, thread, state, 0)]!;

const nowhere: Pick<PlaceMeta, 'says' | 'function' | 'file' | 'line' | 'source'> = {
  says: '',
  function: '',
  file: '',
  line: 0,
  source: '',
};

function waysFrom(side: Side, state: Int32Array): Way[] {
  return side.graph.stepsFrom(state).map(({ thread, event, to }) => {
    const { name, meta, events } = placeAt(side, state, thread);
    const { says, function: within, file, line, source } = meta ?? nowhere;
    const step = {
      thread: side.program.threads[thread]!.id,
      event: events[event]!.name,
      step: name,
      says,
      function: within,
      file,
      line,
    };
    return { thread, step, source, to };
  });
}

const isSame = (a: Way, b: Way): boolean =>
  a.step.thread === b.step.thread &&
  a.step.event === b.step.event &&
  a.step.function === b.step.function &&
  a.step.says === b.step.says &&
  (a.source !== b.source || (a.step.line === b.step.line && a.step.file === b.step.file));

function runTo(pairs: readonly Pair[], end: number): ComparedStep[] {
  const run: ComparedStep[] = [];
  for (let n = end; pairs[n]!.by !== null; n = pairs[n]!.from) run.unshift(pairs[n]!.by!);
  return run;
}
