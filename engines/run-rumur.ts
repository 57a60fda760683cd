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

export interface RumurOptions extends ExternalOptions {
  /** Threads of the generated verifier. Default: 1, so that its processor time can be compared. */
  readonly threads?: number;
  /** What to do with scalarsets; exhaustive counts orbits, heuristic may count some twice. Default: off. */
  readonly symmetry?: 'off' | 'heuristic' | 'exhaustive';
}

/**
 * Compiles a text in Murphi and searches all of it, or up to the first violation: rumur drops the state that violates, so
 * counts behind a violation would not be those of the system.
 */
export function runRumur(text: string, options: RumurOptions = {}): External<Told> {
  return withRumur(text, options, (search) => search());
}

/** Compiles a text once for as many searches as the work needs. */
export function withRumur<T>(
  text: string,
  options: RumurOptions,
  work: (search: () => Told) => T,
): External<T> {
  return inFolder(['rumur', 'gcc'], (folder) => {
    writeFileSync(join(folder, 'model.m'), text);
    const choices = [
      '--deadlock-detection',
      'off',
      '--symmetry-reduction',
      options.symmetry ?? 'off',
      '--counterexample-trace',
      'off',
    ];
    const threads = ['--threads', String(options.threads ?? 1), '--colour', 'off'];
    runProgram(folder, ['rumur', ...choices, ...threads, '--output', 'model.c', 'model.m'], options);
    const flags = [options.optimise ?? '-O1', '-std=c11', '-w', '-mcx16'];
    runProgram(folder, ['gcc', ...flags, '-o', 'model', 'model.c', '-lpthread'], options);
    return work(() => told(runProgram(folder, timed('./model'), options, true)));
  });
}

/** Reads the summary that the verifier ends with. */
function told(output: string): Told {
  const counts = /(\d+) states, (\d+) rules fired/.exec(output);
  const violated = new Set<string>();
  for (const [, name] of output.matchAll(/^\s*invariant "([^"\n]+)" failed/gim)) violated.add(name!);
  for (const [, name] of output.matchAll(/Assertion failed: [^:\n]+:[^:\n]+: (.+)$/gm)) violated.add(name!);
  const fine = /No error found/.test(output);
  if (!counts || fine !== (violated.size === 0)) unreadable('rumur', output);
  const size = /rounded up to (\d+) bytes/.exec(output);
  return {
    states: Number(counts[1]),
    transitions: Number(counts[2]),
    violated: [...violated].sort(),
    cpuSeconds: cpuSeconds(output),
    bytesPerState: Number(size?.[1] ?? Number.NaN),
    output,
  };
}
