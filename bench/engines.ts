// How does the search compare with SPIN and rumur on the same graph?
//
// Usage: npx tsx bench/engines.ts [runs]
// All search the same system without reductions, judge nothing and must count the same. Processor seconds of the search
// alone, without compilation; medians of at least five runs, taken in turns, so that a slow moment of the machine hits all.
import type { External, Told } from '../engines/external.ts';
import { murphiText } from '../engines/murphi/murphi.ts';
import { promelaText } from '../engines/promela/promela.ts';
import { runRumur } from '../engines/run-rumur.ts';
import { runSpin } from '../engines/run-spin.ts';
import { explore } from '../explorer/search/explore.ts';
import type { System } from '../model/language/system.ts';
import { kernelSystem } from '../test/engines/kernel-system.ts';

interface Measured {
  readonly states: number;
  readonly transitions: number;
  readonly cpuSeconds: number;
  readonly bytesPerState: number;
}
type Way = readonly [string, () => Measured | null];

const timeout = 600_000;

function ours(system: System): Measured {
  const before = process.cpuUsage();
  const { states, transitions, bytesPerState } = explore(system, { reduce: 'none' });
  const used = process.cpuUsage(before);
  return { states, transitions, bytesPerState, cpuSeconds: (used.user + used.system) / 1e6 };
}

function theirs(name: string, told: External<Told>): Measured | null {
  if (told.kind === 'done') return told;
  console.log(`  ${name}: ${told.kind}: ${told.why.slice(0, 400)}`);
  return null;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

function compare(system: System, runs: number, withRumur: boolean): void {
  // Nothing is judged by anybody; the monitors stay, because they are part of the state.
  const bare: System = {
    ...system,
    checks: system.checks.map((c) => ({ ...c, always: [], atEnd: [], deadlock: null, leaves: null })),
  };
  const promela = promelaText(bare, { judge: false });
  const murphi = murphiText(bare, { judge: false });
  const spin = { optimise: '-O3', w: 24, depth: 10_000_000, timeout };
  const ways: readonly Way[] = [
    ['cowpte, generated JavaScript', () => ours(bare)],
    ['SPIN, gcc -O3, exact', () => theirs('SPIN', runSpin(promela, spin))],
  ];
  const rumur: Way = [
    'rumur, gcc -O3, one thread',
    () => theirs('rumur', runRumur(murphi, { optimise: '-O3', timeout })),
  ];
  const all = withRumur ? [...ways, rumur] : ways;
  const measured = all.map(([name]) => ({ name, all: [] as Measured[] }));
  for (let run = 0; run < runs; run++) {
    all.forEach(([, way], n) => {
      const one = way();
      if (one) measured[n]!.all.push(one);
    });
  }
  const best = median(measured[0]!.all.map((m) => m.cpuSeconds));
  const [first] = measured[0]!.all;
  console.log(`\n${system.name}: ${first!.states} states, ${first!.transitions} transitions, ${runs} runs`);
  for (const { name, all } of measured) {
    if (all.length === 0) continue;
    for (const m of all) {
      if (m.states !== first!.states || m.transitions !== first!.transitions)
        throw new Error(`${name} counted ${m.states} states and ${m.transitions} transitions`);
    }
    const cpu = median(all.map((m) => m.cpuSeconds));
    const rate = (first!.states / cpu / 1000).toFixed(0);
    const bytes = all[0]!.bytesPerState.toFixed(0);
    const ratio = (cpu / best).toFixed(2);
    console.log(
      `  ${name.padEnd(30)} ${cpu.toFixed(2).padStart(7)} s  ${rate.padStart(6)} thousand states/s  ${bytes.padStart(4)} bytes/state  x ${ratio}`,
    );
  }
}

const runs = Math.max(5, Number(process.argv[2] ?? 5));
compare(kernelSystem(['A:break-only', 'A:break-only', 'B:break-only']), runs, true);
// Several minutes for each run of rumur.
compare(kernelSystem(['A:write-fault', 'A:write-fault', 'B:write-fault']), runs, false);
