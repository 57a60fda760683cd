import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { entry } from './run-cowpte.ts';

const folder = join(entry, '..');

/** The packages that a file of the built command and those that it imports at once make Node read. */
function packagesOf(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const imports = readFileSync(join(folder, file), 'utf8').matchAll(
    /^(?:import|\} from|import .*? from) "([^"]+)";/gms,
  );
  const found = [...imports].flatMap(([, name]) =>
    name!.startsWith('./') ? packagesOf(name!.slice(2), seen) : name!.startsWith('node:') ? [] : [name!],
  );
  return [...new Set(found)].sort();
}

/** The file that holds what a command does, which is imported once it is called. */
function fileOf(command: string): string {
  const all = readFileSync(entry, 'utf8');
  return new RegExp(`import\\("\\./(${command}-[A-Z0-9]+\\.js)"\\)`).exec(all)![1]!;
}

test.each<[string, string[]]>([
  ['main.js', ['commander']],
  ['search-worker.js', ['acorn', 'xstate']],
  [fileOf('list'), ['xstate']],
  [fileOf('explain'), ['acorn', 'xstate']],
  [fileOf('check'), ['acorn', 'commander', 'picocolors', 'xstate']],
])('%s reads no package that it does not always need', (file, packages) => {
  expect(packagesOf(file)).toEqual(packages);
});
