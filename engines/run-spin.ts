import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cpuSeconds,
  type External,
  type ExternalOptions,
  inFolder,
  runProgram,
  type Told,
  timed,
  unreadable,
} from './external.ts';

export interface SpinOptions extends ExternalOptions {
  /** Most steps of a run; a depth-first search goes deep. Default: a million. */
  readonly depth?: number;
  /** The hash table has 2^w slots. Default: 18, enough for a few hundred thousand states. */
  readonly w?: number;
  /** More options of the C compiler, such as -DCOLLAPSE (spinroot.com/spin/Man/Pan.html). */
  readonly defines?: readonly string[];
}

/** Exact counts: no optimisation that leaves states out (spin -o1 -o2 -o3), no partial-order reduction, safety only. */
const exact = ['-DNOREDUCE', '-DSAFETY', '-DVECTORSZ=8192', '-DNOFAIR'];

/** Compiles a text in Promela and searches all of it; violations do not end the search (pan -c0). */
export function runSpin(text: string, options: SpinOptions = {}): External<Told> {
  return inFolder(['spin', 'gcc'], (folder) => {
    writeFileSync(join(folder, 'model.pml'), text);
    runProgram(folder, ['spin', '-a', '-o1', '-o2', '-o3', 'model.pml'], options);
    const flags = [options.optimise ?? '-O1', '-w', ...exact, ...(options.defines ?? [])];
    runProgram(folder, ['gcc', ...flags, '-o', 'pan', 'pan.c'], options);
    const pan = `./pan -n -c0 -m${options.depth ?? 1_000_000} -w${options.w ?? 18}`;
    return told(runProgram(folder, timed(pan), options, true), text);
  });
}

/** Reads what pan wrote (spinroot.com/spin/Man/Pan.html, "what the numbers mean"). */
function told(output: string, text: string): Told {
  const number = (pattern: RegExp): number => Number(pattern.exec(output)?.[1] ?? Number.NaN);
  const states = number(/^\s*(\d+) states, stored/m);
  // The verifier counts the initial state among its transitions; from 10^8 on it prints eight digits of them.
  const transitions = number(/^\s*([\d.e+]+) transitions \(/m) - 1;
  if (
    Number.isNaN(states) ||
    /max search depth too small|out of memory|VECTORSZ|Warning: Search not completed/.test(output)
  )
    unreadable('pan', output);
  const names = new Map([...text.matchAll(/^#define (\w+) (\d+)$/gm)].map(([, name, n]) => [n!, name!]));
  const violated = new Set<string>();
  for (const [, n] of output.matchAll(/assertion violated \(+(\d+)==0\)/g)) violated.add(names.get(n!) ?? n!);
  if (/^pan:\d+: invalid end state/m.test(output))
    violated.add(/invalid end state: (\w+)/.exec(text)?.[1] ?? 'invalid end state');
  const kept = number(/^\s*([\d.]+)\s+actual memory usage for states/m) * 2 ** 20;
  return {
    states,
    transitions,
    violated: [...violated].sort(),
    cpuSeconds: cpuSeconds(output),
    bytesPerState: kept / states,
    output,
  };
}
