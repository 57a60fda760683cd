// All benchmarks, one after the other: every figure is a ratio within one run, or says of what it is.
//
// Usage: npm run bench
// Takes about an hour where SPIN and rumur are installed. Each can be run alone: npx tsx bench/NAME.ts
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const questions: readonly (readonly [name: string, ...words: string[]])[] = [
  ['cow-pte', '--adjacency'],
  ['engines'],
  ['orbits'],
  ['verdicts'],
  ['search'],
  ['graph'],
  ['report'],
  ['text'],
];

for (const [name, ...words] of questions) {
  console.log(`\n# ${name}\n`);
  const file = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  const { status } = spawnSync(process.execPath, [...process.execArgv, file, ...words], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
