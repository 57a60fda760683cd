// One idea a file, named for what it holds: a very long file holds several, and a drawer named "utils" holds
// whatever nobody named.
//
// Usage: node tools/check-files.mjs [root]; exits 1 when a file is refused.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sourceFiles } from './source-files.mjs';

const mostLines = 400;
const drawers = new Set(['utils', 'util', 'helpers', 'helper', 'types']);

function refusals(root) {
  return sourceFiles(root).flatMap((file) => {
    const said = [];
    const lines = readFileSync(join(root, file), 'utf8').split('\n').length - 1;
    if (lines > mostLines)
      said.push(`${file}:${mostLines + 1}: has ${lines} lines, the most is ${mostLines}`);
    const drawer = file.split('/').find((part) => drawers.has(part.split('.')[0]));
    if (drawer !== undefined) said.push(`${file}:1: "${drawer}" does not say what it holds`);
    return said;
  });
}

const found = refusals(process.argv[2] ?? '.');
for (const line of found) console.error(line);
process.exitCode = found.length === 0 ? 0 : 1;
