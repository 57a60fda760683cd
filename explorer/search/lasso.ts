import type { Move, Run } from '../outcome.ts';
import { switchesOf } from '../trace/switches.ts';
import { type FairComponent, fairComponent } from './fair-cycle.ts';
import type { LevelGraph } from './level-graph.ts';
import { placesOnCycles } from './machine-cycle.ts';
import { type Region, regionOf } from './region.ts';
import { eventName, shortestRunTo } from './shortest-run.ts';

/**
 * For each check with `leaves` a run on which some thread stays for ever at places with that tag although the run is fair:
 * the shortest way to the cycle, then one lap. The lap is fair but need not be the shortest.
 */
export function fairLassos(graph: LevelGraph, count: number): Map<number, Run> {
  const found = new Map<number, Run>();
  const { checks, threads } = graph.program;
  const asked = checks.filter((c) => c.declared.leaves !== null);
  const cyclic = placesOnCycles(graph.program);
  if (asked.length === 0 || cyclic.every((places) => places.size === 0)) return found;
  for (const { number, declared } of asked) {
    for (const { number: thread, places } of threads) {
      const tag = declared.leaves!;
      if (!places.some((p) => p.tags.has(tag))) continue;
      const region = regionOf(graph, { thread, tag, count, cyclic });
      const fair = fairComponent(region, threads.length);
      if (!fair) continue;
      found.set(number, lasso(graph, region, fair));
      break;
    }
  }
  return found;
}

function lasso(graph: LevelGraph, region: Region, fair: FairComponent): Run {
  const start = fair.nodes[0]!;
  const members = new Set(fair.nodes);
  const lap: number[] = [];
  let at = start;
  const goTo = (node: number): void => {
    lap.push(...pathWithin(region, members, at, node));
    at = node;
  };
  for (const node of fair.passes) goTo(node);
  for (const edge of fair.edges) {
    goTo(sourceOf(region, edge));
    lap.push(edge);
    at = region.to[edge]!;
  }
  goTo(start);
  const prefix = shortestRunTo(graph, region.states[start]!);
  const moves: Move[] = lap.map((edge) => {
    const thread = region.thread[edge]!;
    const state = region.states[sourceOf(region, edge)]!;
    return { thread, event: eventName(graph, state, thread, region.event[edge]!) };
  });
  const all = [...prefix.moves, ...moves];
  return { moves: all, switches: switchesOf(all), shortest: false, lasso: prefix.moves.length };
}

/** The node that an edge leaves, by bisection. */
function sourceOf({ first }: Region, edge: number): number {
  let low = 0;
  let high = first.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (first[middle]! <= edge) low = middle;
    else high = middle;
  }
  return low;
}

/** Edges of a shortest way inside a component. */
function pathWithin(region: Region, members: ReadonlySet<number>, from: number, to: number): number[] {
  const cameBy = new Map<number, number>([[from, -1]]);
  for (const node of cameBy.keys()) {
    if (node === to) break;
    for (let e = region.first[node]!; e < region.first[node + 1]!; e++) {
      const next = region.to[e]!;
      if (members.has(next) && !cameBy.has(next)) cameBy.set(next, e);
    }
  }
  const path: number[] = [];
  for (let edge = cameBy.get(to)!; edge >= 0; edge = cameBy.get(sourceOf(region, edge))!) path.unshift(edge);
  return path;
}
