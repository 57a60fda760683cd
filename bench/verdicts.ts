// How long until all verdicts on v5 are there, with reductions and shortest runs, and with how much memory?
//
// Usage: npx tsx bench/verdicts.ts [runs]
// Each figure is of the built command, start-up included: the median of its processor time, and the most memory that it took.
// SPIN searches the first system once, with -DCOLLAPSE and without judging anything, which spares it the work of thirty-one
// properties; its compilation is left out.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunFile } from '../checking/result.ts';
import { promelaText } from '../engines/promela/promela.ts';
import { runSpin } from '../engines/run-spin.ts';
import { kernelSystem } from '../test/engines/kernel-system.ts';
import { bare } from './in-turns.ts';

interface Told {
  readonly states: number;
  readonly violated: number;
  readonly exhaustive: boolean;
  readonly cpu: number;
  readonly megabytes: number;
}

/** `A2B0`: two threads in A, all of which run that path, and B, which only shares. */
function scenarioOf(shape: string, run: string): string {
  const groups = [...shape.matchAll(/([A-Z])(\d)/g)].map(([, mm, n]) => [mm!, Number(n)] as const);
  const threads = groups.flatMap(([mm, n]) => Array.from({ length: n }, () => ({ mm, run })));
  const mms = Object.fromEntries(groups.map(([mm]) => [mm, {}]));
  return JSON.stringify({ name: `${shape} ${run}`, mms, threads });
}

const command = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
/** What the process took, all its threads together, as its last line on standard error. */
const confession = `import { isMainThread } from 'node:worker_threads';
if (isMainThread) process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  console.error(JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 }));
});`;

function check(shape: string, run: string, runs: Runs): Told {
  const folder = mkdtempSync(join(tmpdir(), 'cowpte-'));
  try {
    const scenario = join(folder, 'scenario.json');
    writeFileSync(scenario, scenarioOf(shape, run));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        '--import',
        `data:text/javascript,${encodeURIComponent(confession)}`,
        command,
        'check',
        '--scenario',
        scenario,
        '--json',
        '-',
        '--quiet',
        ...(runs === 'found' ? ['--no-shortest'] : []),
      ],
      { encoding: 'utf8', maxBuffer: 2 ** 28 },
    );
    if (status !== 0 && status !== 1) throw new Error(stderr);
    const { results } = JSON.parse(stdout) as RunFile;
    const [{ states, exhaustive }] = results as [RunFile['results'][number]];
    const violated = results.filter((r) => r.verdict === 'violated').length;
    const took = JSON.parse(stderr.trimEnd().split('\n').at(-1)!) as Pick<Told, 'cpu' | 'megabytes'>;
    return { states, violated, exhaustive, ...took };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Which runs are shown: those that the search with reductions found, or shortest ones. */
type Runs = 'found' | 'shortest';

function measure(shape: string, run: string, times: number, runs: Runs = 'shortest'): Told {
  const all = Array.from({ length: times }, () => check(shape, run, runs)).sort((a, b) => a.cpu - b.cpu);
  const told = { ...all[Math.floor(times / 2)]!, megabytes: Math.max(...all.map((t) => t.megabytes)) };
  const { states, violated, exhaustive, cpu, megabytes } = told;
  const end = exhaustive ? 'exhaustive' : 'cut';
  console.log(
    `${`${shape} ${run}`.padEnd(24)} ${String(states).padStart(9)} states  ${cpu.toFixed(1).padStart(6)} s  ${megabytes.toFixed(0).padStart(5)} MB  ${violated} violated, ${end}, runs ${runs}`,
  );
  return told;
}

function main(times: number): void {
  console.log('time to all verdicts, v5, 31 properties');
  const first = measure('A2B2', 'break-only', times, 'found');
  measure('A2B2', 'break-only', times);
  const timeout = 3_600_000;
  const text = promelaText(bare(kernelSystem(['A', 'A', 'B', 'B'].map((mm) => `${mm}:break-only`))), {
    judge: false,
  });
  const spin = runSpin(text, { optimise: '-O3', defines: ['-DCOLLAPSE'], w: 28, depth: 2_000_000, timeout });
  if (spin.kind === 'done') {
    const ratio = (spin.cpuSeconds / first.cpu).toFixed(1);
    console.log(`  SPIN -O3 -DCOLLAPSE: ${spin.states} states, ${spin.cpuSeconds.toFixed(1)} s, x ${ratio}`);
  } else console.log(`  SPIN: ${spin.kind}: ${spin.why}`);
  measure('A2B2', 'write-fault', times);
  measure('A2B2C2', 'break-only', 1);
  console.log('growth on the break-only path, B idle beside A alone');
  for (const chain of [
    ['A1B0', 'A2B0', 'A3B0', 'A4B0'],
    ['A1B1', 'A1B1C1', 'A1B1C1D1'],
  ]) {
    let before = 0;
    for (const shape of chain) {
      const { states } = measure(shape, 'break-only', 1);
      if (before > 0) console.log(`  x ${(states / before).toFixed(1)}`);
      before = states;
    }
  }
}

main(Math.max(1, Number(process.argv[2] ?? 5)));
