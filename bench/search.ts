// How many states does the search visit in a second of processor time, beside the ways that come to mind first?
//
// Usage: npx tsx bench/search.ts
// Every way visits the same graph; the figures are medians, and their ratios are of one run on one machine.
import { getAdjacencyMap } from 'xstate/graph';
import { initialConfiguration } from '../explorer/program/configuration.ts';
import { readSystem } from '../explorer/program/program.ts';
import { explore } from '../explorer/search/explore.ts';
import { exploreWithXState } from '../explorer/xstate/explore.ts';
import type { System } from '../model/language/system.ts';
import { mcsLock } from '../test/classics/mcs-lock.ts';
import { petersonN } from '../test/classics/peterson-n.ts';
import { twoPhaseCommit } from '../test/classics/two-phase-commit.ts';
import { adjacencyMachine } from './adjacency-machine.ts';
import { plainSearch } from './plain-search.ts';

/** One way to visit all states of a system; tells how many it found. */
type Way = (system: System) => number;

const compiled: Way = (system) => explore(system, { reduce: 'none' }).states;
const plain: Way = (system) => plainSearch(readSystem(system));
const xstate: Way = (system) => exploreWithXState(system, { reduce: 'none' }).states;
const adjacency: Way = (system) => {
  const program = readSystem(system);
  return Object.keys(
    getAdjacencyMap(adjacencyMachine(program, initialConfiguration(program)), {
      limit: Number.POSITIVE_INFINITY,
    }),
  ).length;
};

interface Row {
  readonly way: string;
  readonly states: number;
  readonly perSecond: number;
}

/** Thousand states in a second of processor time, the median of some runs. */
function measure(name: string, way: Way, system: System, runs: number): Row {
  let states = 0;
  const rates: number[] = [];
  for (let run = 0; run < runs; run++) {
    const before = process.cpuUsage();
    states = way(system);
    const used = process.cpuUsage(before);
    rates.push(states / ((used.user + used.system) / 1000));
  }
  rates.sort((a, b) => a - b);
  return { way: name, states, perSecond: rates[Math.floor(runs / 2)]! };
}

function compare(system: System, ways: readonly (readonly [string, Way, number])[]): void {
  const rows = ways.map(([name, way, runs]) => measure(name, way, system, runs));
  const best = rows[0]!;
  console.log(`\n${system.name}: ${best.states} states`);
  for (const { way, states, perSecond } of rows) {
    if (states !== best.states) throw new Error(`${way} found ${states} states`);
    const ratio = best.perSecond / perSecond;
    console.log(
      `  ${way.padEnd(36)} ${perSecond.toFixed(1).padStart(9)} thousand states/s  1/${ratio.toFixed(ratio < 10 ? 1 : 0)}`,
    );
  }
}

const all: readonly (readonly [string, Way, number])[] = [
  ['generated code, packed words', compiled, 5],
  ['plain objects, Set of strings', plain, 3],
  ['XState can() and transition()', xstate, 3],
  ['xstate/graph getAdjacencyMap', adjacency, 3],
];

compare(twoPhaseCommit(4), all);
compare(mcsLock(3), all);
compare(twoPhaseCommit(7), all.slice(0, 2));
compare(petersonN(5), all.slice(0, 1));
