// How fast is the exact search of the copy-on-write page-table protocol, all properties judged, and how much memory does it take?
//
// Usage: npx tsx bench/cow-pte.ts [--adjacency]
// `A two, B one` is searched without reductions; beside it, on a system that they can finish, a search over plain objects and
// xstate/graph's getAdjacencyMap. Rates are medians, in thousand states a second of processor time; ratios are of this run.
import { getAdjacencyMap } from 'xstate/graph';
import { assemble } from '../checking/assemble.ts';
import type { Options } from '../explorer/options.ts';
import { initialConfiguration } from '../explorer/program/configuration.ts';
import { readSystem } from '../explorer/program/program.ts';
import { explore } from '../explorer/search/explore.ts';
import type { System } from '../model/language/system.ts';
import { suites } from '../model/scenarios/suites/index.ts';
import { protocols } from '../model/variants/index.ts';
import { properties } from '../properties/index.ts';
import { adjacencyMachine } from './adjacency-machine.ts';
import { bare } from './in-turns.ts';
import { plainSearch } from './plain-search.ts';

/** A scenario of the default suite on v5, with every property. */
function systemOf(name: string): System {
  const scenario = suites.default.find((s) => s.name === name);
  const v5 = protocols.find((p) => p.name === 'v5');
  if (!scenario || !v5) throw new Error(`no scenario '${name}'`);
  return assemble(scenario, v5, properties);
}

/** Thousand states a second of processor time, the median of some runs. */
function rate(visit: () => number, runs: number): { readonly states: number; readonly rate: number } {
  let states = 0;
  const rates: number[] = [];
  for (let run = 0; run < runs; run++) {
    const before = process.cpuUsage();
    states = visit();
    const { user, system } = process.cpuUsage(before);
    rates.push(states / ((user + system) / 1000));
  }
  rates.sort((a, b) => a - b);
  return { states, rate: rates[Math.floor(runs / 2)] as number };
}

const row = (way: string, { states, rate: r }: { states: number; rate: number }, best: number): void =>
  console.log(`  ${way.padEnd(34)} ${states} states  ${r.toFixed(0)} thousand/s  1/${(best / r).toFixed(1)}`);

const small = systemOf('one write-fault in each of A, B and C');
console.log(`${small.name}, exact, all properties`);
const ours = rate(() => explore(small, { reduce: 'none', engine: 'js' }).states, 5);
row('packed words, generated JavaScript', ours, ours.rate);
const program = readSystem(small);
row(
  'plain objects, Set of strings',
  rate(() => plainSearch(program), 1),
  ours.rate,
);
const adjacency = (): number =>
  Object.keys(
    getAdjacencyMap(adjacencyMachine(program, initialConfiguration(program)), {
      limit: Number.POSITIVE_INFINITY,
    }),
  ).length;
if (process.argv.includes('--adjacency')) row('xstate/graph getAdjacencyMap', rate(adjacency, 1), ours.rate);

const big = systemOf('two write-faults in A, one in B');
console.log(`\n${big.name}, exact, nothing judged`);
const unjudged = bare(big);
const best = rate(() => explore(unjudged, { reduce: 'none', engine: 'wasm', threads: 1 }).states, 5);
row('WebAssembly', best, best.rate);
row(
  'plain objects, the first million',
  rate(() => plainSearch(readSystem(unjudged), 1_000_000), 1),
  best.rate,
);
console.log(`\n${big.name}, exact, all properties and shortest runs`);
/** Processor and other seconds of a search; the median of three by processor time. */
function timed(options: Partial<Options>): { readonly cpu: number; readonly wall: number } {
  const runs = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    const began = performance.now();
    explore(big, { reduce: 'none', ...options });
    const { user, system } = process.cpuUsage(before);
    return { cpu: (user + system) / 1e6, wall: (performance.now() - began) / 1000 };
  });
  return runs.sort((a, b) => a.cpu - b.cpu)[1]!;
}
const outcome = explore(big, { reduce: 'none', threads: 1 });
const ways: readonly (readonly [string, Partial<Options>])[] = [
  ['generated JavaScript', { engine: 'js' }],
  ['WebAssembly', { engine: 'wasm', threads: 1 }],
  ['WebAssembly, two threads', { engine: 'wasm', threads: 2 }],
];
for (const [way, options] of ways) {
  const { cpu, wall } = timed(options);
  const thousands = (outcome.states / cpu / 1000).toFixed(0);
  console.log(
    `  ${way.padEnd(34)} ${cpu.toFixed(2)} s of processor time, ${thousands} thousand states/s; ${wall.toFixed(2)} s in all`,
  );
}
console.log(
  `  ${outcome.states} states, ${outcome.words} words of 4 bytes packed; ${outcome.bytesPerState.toFixed(0)} bytes a state in all`,
);
console.log(`\n${big.name}, with reductions, all properties and shortest runs`);
const before = process.cpuUsage();
const reduced = explore(big);
const { user, system } = process.cpuUsage(before);
console.log(`  ${reduced.states} states, ${((user + system) / 1e6).toFixed(1)} s of processor time`);
