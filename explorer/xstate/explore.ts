import { getHeapStatistics } from 'node:v8';
import type { System } from '../../model/language/system.ts';
import { type Options, withDefaults } from '../options.ts';
import type { Outcome } from '../outcome.ts';
import { readSystem } from '../program/program.ts';
import { deadLocals } from '../reduce/dead-locals.ts';
import { BreadthFirst } from '../search/breadth-first.ts';
import { judged } from '../search/judged.ts';
import { XStateGraph } from './graph.ts';

/** Of what the JavaScript heap may still grow by, objects take this much at most: V8 ends a thread that comes near its limit. */
const HEAP_SHARE = 0.6;
const heapShare = (): number => {
  const { heap_size_limit: limit, used_heap_size: used } = getHeapStatistics();
  return HEAP_SHARE * (limit - used);
};

/** The same verdicts, counts and runs as `explore` without partial order, by XState alone: some hundred times slower, and no code is generated. */
export function exploreWithXState(system: System, options: Partial<Options> = {}): Outcome {
  const given = withDefaults(options);
  if (given.maxSwitches !== Number.POSITIVE_INFINITY || given.fingerprints || given.sample > 0) {
    throw new RangeError('XState alone searches neither by switches nor by fingerprints nor by walks');
  }
  const program = readSystem(system);
  const reductions = given.reductions.filter((r) => r === 'dead-locals');
  const dead = reductions.length > 0 ? program.threads.map(deadLocals) : [];
  const graph = new XStateGraph(program, dead);
  const search = new BreadthFirst(graph, { ...given, memory: Math.min(given.memory, heapShare()) });
  const run = search.run();
  for (;;) {
    const turn = run.next();
    if (!turn.done) continue;
    return {
      ...judged(search, turn.value),
      course: turn.value.reason === null ? null : search.course.course(program),
      reductions,
      switches: null,
      collisions: null,
      sample: null,
      words: 0,
      bytesPerState: graph.bytes / graph.count,
      seconds: search.seconds,
    };
  }
}
