// How does the search compare with SPIN and rumur on the same graph?
//
// Usage: npx tsx bench/engines.ts [runs]
// All search the same system without reductions, judge nothing and must count the same. Processor seconds of the search
// alone, without compilation; medians of at least five runs, taken in turns, so that a slow moment of the machine hits all.
import { murphiText } from '../engines/murphi/murphi.ts';
import { promelaText } from '../engines/promela/promela.ts';
import { runRumur } from '../engines/run-rumur.ts';
import { runSpin } from '../engines/run-spin.ts';
import type { System } from '../model/language/system.ts';
import { kernelSystem } from '../test/engines/kernel-system.ts';
import { bare, compare, ours, theirs, type Way } from './in-turns.ts';

const timeout = 600_000;

function waysOf(system: System, withRumur: boolean): readonly Way[] {
  const promela = promelaText(system, { judge: false });
  const murphi = murphiText(system, { judge: false });
  const spin = { optimise: '-O3', w: 24, depth: 10_000_000, timeout };
  const ways: readonly Way[] = [
    ['cowpte, WebAssembly', () => ours(system, { reduce: 'none', engine: 'wasm', threads: 1 })],
    ['cowpte, generated JavaScript', () => ours(system, { reduce: 'none', engine: 'js' })],
    ['SPIN, gcc -O3, exact', () => theirs('SPIN', runSpin(promela, spin))],
  ];
  const rumur: Way = [
    'rumur, gcc -O3, one thread',
    () => theirs('rumur', runRumur(murphi, { optimise: '-O3', timeout })),
  ];
  return withRumur ? [...ways, rumur] : ways;
}

const runs = Math.max(5, Number(process.argv[2] ?? 5));
const small = bare(kernelSystem(['A:break-only', 'A:break-only', 'B:break-only']));
compare(small.name, waysOf(small, true), runs);
// Several minutes for each run of rumur.
const large = bare(kernelSystem(['A:write-fault', 'A:write-fault', 'B:write-fault']));
compare(large.name, waysOf(large, false), runs);
