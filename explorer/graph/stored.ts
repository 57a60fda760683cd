import type { System } from '../../model/language/system.ts';
import { type CodeReductions, compile } from '../compile/compile.ts';
import { type Options, withDefaults } from '../options.ts';
import type { Reason } from '../outcome.ts';
import { type Program, readSystem } from '../program/program.ts';
import { BreadthFirst } from '../search/breadth-first.ts';
import type { LevelGraph } from '../search/level-graph.ts';
import { PackedGraph } from '../search/packed-graph.ts';

/** The states of a system as written, level by level, with a way to make their steps again. */
export interface Stored {
  readonly program: Program;
  readonly graph: LevelGraph;
  /** States that are shown: numbers from here on were met and cut off by a bound. */
  readonly count: number;
  readonly transitions: number;
  readonly reason: Reason;
}

/** Bounds of the exploration. */
export type Bounds = Partial<
  Pick<Options, 'maxStates' | 'maxDepth' | 'memory' | 'timeout' | 'progress' | 'signal'>
>;

/**
 * Explores a system: as written, unless reductions are asked for, which leave steps out or show one for several. A bound cuts at the
 * last complete level; time, memory and an interrupt where they come.
 */
export function explored(system: System, bounds: Bounds = {}, reduce: CodeReductions = {}): Stored {
  const program = readSystem(system);
  const graph = new PackedGraph(compile(program, reduce));
  const search = new BreadthFirst(graph, withDefaults({ ...bounds, reduce: 'none' })).run();
  for (;;) {
    const turn = search.next();
    if (!turn.done) continue;
    const { states: count, transitions, reason } = turn.value;
    return { program, graph, count, transitions, reason };
  }
}

/** The level of each state, as the numbers of the first states of the levels. */
export const levelsOf = ({ graph, count }: Stored): readonly number[] =>
  graph.levels.filter((first, level) => level === 0 || first < count);
