// How does the search with symmetry as its only reduction compare with rumur and its symmetry reduction?
//
// Usage: npx tsx bench/orbits.ts [runs]
// The text for rumur has a scalarset for each set of things that the symmetries permute at will, so that rumur tries as many
// permutations of a state as there are symmetries. With `exhaustive` the counts are those of the orbits and must be ours; its
// default, `heuristic`, may count an orbit several times. Processor seconds of the search alone, without rumur's and gcc's
// compilation; medians of at least five runs, taken in turns.
import { symmetricMurphiText } from '../engines/murphi/symmetric/symmetric.ts';
import { runRumur } from '../engines/run-rumur.ts';
import type { System } from '../model/language/system.ts';
import { kernelSystem } from '../test/engines/kernel-system.ts';
import { bare, compare, ours, theirs, type Way } from './in-turns.ts';

const HEURISTIC = 'rumur, gcc -O3, heuristic';

function waysOf(system: System): readonly Way[] {
  const text = symmetricMurphiText(system, { judge: false });
  const options = { optimise: '-O3', timeout: 600_000 };
  return [
    ['cowpte', () => ours(system, { reductions: ['symmetry'] })],
    ['cowpte, JavaScript', () => ours(system, { reductions: ['symmetry'], engine: 'js' })],
    [
      'rumur, gcc -O3, exhaustive',
      () => theirs('rumur', runRumur(text, { ...options, symmetry: 'exhaustive' })),
    ],
    [HEURISTIC, () => theirs('rumur', runRumur(text, { ...options, symmetry: 'heuristic' }))],
  ];
}

const runs = Math.max(5, Number(process.argv[2] ?? 5));
for (const threads of [
  ['A:write-fault', 'B:write-fault', 'C:write-fault'],
  ['A:break-only', 'A:break-only', 'B:break-only'],
  ['A:break-only', 'A:break-only', 'A:break-only', 'B:idle'],
]) {
  const system = bare(kernelSystem(threads));
  compare(system.name, waysOf(system), runs, new Set([HEURISTIC]));
}
