import type { External, Told } from '../engines/external.ts';
import type { Options } from '../explorer/options.ts';
import { explore } from '../explorer/search/explore.ts';
import type { System } from '../model/language/system.ts';

export interface Measured {
  readonly states: number;
  readonly transitions: number;
  readonly cpuSeconds: number;
  readonly bytesPerState: number;
}

/** A name, and one search; null where its checker is not here or did not come to an end. */
export type Way = readonly [string, () => Measured | null];

/** Nothing is judged by anybody; the monitors stay, because they are part of the state. */
export const bare = (system: System): System => ({
  ...system,
  checks: system.checks.map((c) => ({ ...c, always: [], atEnd: [], deadlock: null, leaves: null })),
});

/** Processor time of this process, which is that of the search and of the generation of its code. */
export function ours(system: System, options: Partial<Options>): Measured {
  const before = process.cpuUsage();
  const { states, transitions, bytesPerState } = explore(system, options);
  const used = process.cpuUsage(before);
  return { states, transitions, bytesPerState, cpuSeconds: (used.user + used.system) / 1e6 };
}

export function theirs(name: string, told: External<Told>): Measured | null {
  if (told.kind === 'done') return told;
  console.log(`  ${name}: ${told.kind}: ${told.why.slice(0, 400)}`);
  return null;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/**
 * Runs all ways in turns, so that a slow moment of the machine hits all, insists on equal counts and prints the medians; the last
 * column is the time of the first way taken as 1. The counts of those in `mayDiffer` may be others.
 */
export function compare(
  title: string,
  ways: readonly Way[],
  runs: number,
  mayDiffer = new Set<string>(),
): void {
  const measured = ways.map(([name]) => ({ name, all: [] as Measured[] }));
  for (let run = 0; run < runs; run++) {
    ways.forEach(([, way], n) => {
      const one = way();
      if (one) measured[n]!.all.push(one);
    });
  }
  const [first] = measured[0]!.all;
  const best = median(measured[0]!.all.map((m) => m.cpuSeconds));
  console.log(`\n${title}: ${first!.states} states, ${first!.transitions} transitions, ${runs} runs`);
  for (const { name, all } of measured) {
    if (all.length === 0) continue;
    const same = all.every((m) => m.states === first!.states && m.transitions === first!.transitions);
    if (!same && !mayDiffer.has(name))
      throw new Error(`${name} counted ${all[0]!.states} states and ${all[0]!.transitions} transitions`);
    const cpu = median(all.map((m) => m.cpuSeconds));
    const rate = (all[0]!.states / cpu / 1000).toFixed(0);
    const bytes = all[0]!.bytesPerState.toFixed(0);
    const ratio = (cpu / best).toFixed(2);
    console.log(
      `  ${name.padEnd(34)} ${cpu.toFixed(2).padStart(7)} s  ${rate.padStart(6)} thousand states/s  ${bytes.padStart(4)} bytes/state  x ${ratio}${same ? '' : `  (${all[0]!.states} states)`}`,
    );
  }
}
