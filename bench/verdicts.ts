// How long until all verdicts on v5 are there, with reductions and shortest runs, and with how much memory?
//
// Usage: npx tsx bench/verdicts.ts [runs]
// Each figure is of a process of its own, start-up included: the median of its processor time, and the most memory that it
// took. SPIN searches the first system once, with -DCOLLAPSE and without judging anything, which spares it the work of
// thirty-one properties; its compilation is left out.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promelaText } from '../engines/promela/promela.ts';
import { runSpin } from '../engines/run-spin.ts';
import { explore } from '../explorer/search/explore.ts';
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
function systemOf(shape: string, run: string): ReturnType<typeof kernelSystem> {
  const threads = [...shape.matchAll(/([A-Z])(\d)/g)].flatMap(([, mm, n]) =>
    n === '0' ? [`${mm}:idle`] : Array.from({ length: Number(n) }, () => `${mm}:${run}`),
  );
  return kernelSystem(threads);
}

function search(shape: string, run: string, shortest: boolean): Told {
  const { states, findings, exhaustive } = explore(systemOf(shape, run), { shortest });
  const { user, system } = process.cpuUsage();
  const violated = findings.filter((f) => f.verdict === 'violated').length;
  const megabytes = process.resourceUsage().maxRSS / 1024;
  return { states, violated, exhaustive, cpu: (user + system) / 1e6, megabytes };
}

function inProcess(shape: string, run: string, runs: Runs): Told {
  const self = fileURLToPath(import.meta.url);
  const child = spawnSync(process.execPath, [...process.execArgv, self, 'search', shape, run, runs], {
    encoding: 'utf8',
    env: { ...process.env, npm_config_loglevel: 'silent' },
  });
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout) as Told;
}

/** Which runs are shown: those that the search with reductions found, or shortest ones. */
type Runs = 'found' | 'shortest';

function measure(shape: string, run: string, times: number, runs: Runs = 'shortest'): Told {
  const all = Array.from({ length: times }, () => inProcess(shape, run, runs)).sort((a, b) => a.cpu - b.cpu);
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
  const text = promelaText(bare(systemOf('A2B2', 'break-only')), { judge: false });
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

const [, , word, shape, run, runs] = process.argv;
if (word === 'search') console.log(JSON.stringify(search(shape!, run!, runs === 'shortest')));
else main(Math.max(1, Number(word ?? 5)));
