import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const notOurs = new Set(['node_modules', 'dist', 'out', 'coverage']);

/** Every TypeScript source below `root`, as sorted paths relative to it with forward slashes. */
export function sourceFiles(root, folder = '') {
  /** @type {string[]} */
  const found = [];
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (entry.name.startsWith('.') || notOurs.has(entry.name)) continue;
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) found.push(...sourceFiles(root, path));
    else if (/\.[mc]?tsx?$/.test(entry.name)) found.push(path);
  }
  return found.sort();
}
