// How does the search with symmetry as its only reduction compare with rumur and its symmetry reduction?
//
// Usage: npx tsx bench/orbits.ts [runs]
// The text for rumur has a scalarset for each set of things that the symmetries permute at will, so that rumur tries as many
// permutations of a state as there are symmetries. With `exhaustive` the counts are those of the orbits and must be ours; its
// default, `heuristic`, may count an orbit several times. Processor seconds of the search alone, without rumur's and gcc's
// compilation; medians of at least five runs, taken in turns.
import { symmetricMurphiText } from '../engines/murphi/symmetric/symmetric.ts';
import { withRumur } from '../engines/run-rumur.ts';
import { kernelSystem } from '../test/engines/kernel-system.ts';
import { bare, compare, ours } from './in-turns.ts';

const HEURISTIC = 'rumur, gcc -O3, heuristic';

function measure(threads: readonly string[], runs: number): void {
  const system = bare(kernelSystem(threads));
  const text = symmetricMurphiText(system, { judge: false });
  const options = { optimise: '-O3', timeout: 600_000 };
  const told = withRumur(text, { ...options, symmetry: 'exhaustive' }, (exhaustive) =>
    withRumur(text, { ...options, symmetry: 'heuristic' }, (heuristic) => {
      compare(
        system.name,
        [
          ['cowpte', () => ours(system, { reductions: ['symmetry'] })],
          ['cowpte, JavaScript', () => ours(system, { reductions: ['symmetry'], engine: 'js' })],
          ['rumur, gcc -O3, exhaustive', exhaustive],
          [HEURISTIC, heuristic],
        ],
        runs,
        new Set([HEURISTIC]),
      );
    }),
  );
  if (told.kind !== 'done') console.log(`${system.name}: ${told.kind}: ${told.why.slice(0, 400)}`);
}

const runs = Math.max(5, Number(process.argv[2] ?? 5));
measure(['A:write-fault', 'B:write-fault', 'C:write-fault'], runs);
measure(['A:break-only', 'A:break-only', 'B:break-only'], runs);
measure(['A:break-only', 'A:break-only', 'A:break-only', 'B:idle'], runs);
