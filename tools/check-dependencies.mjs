// Imports point one way. The linter's own import rules see the text of a specifier, not the file behind
// it, so this check resolves each relative import and looks up the arrow in one table.
//
// Usage: node tools/check-dependencies.mjs [root]; exits 1 when an import is refused.
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { sourceFiles } from './source-files.mjs';

const everything = '*';

/** Which parts of the project a part may import, besides itself. The longest matching name wins. */
const allowed = {
  'model/language': [],
  'model/kernel': ['model/language'],
  model: ['model/language', 'model/kernel'],
  properties: ['model/language', 'model/kernel'],
  explorer: ['model/language'],
  checking: ['model', 'model/language', 'model/kernel', 'properties', 'explorer', 'review'],
  evidence: ['explorer', 'model/language'],
  engines: ['explorer', 'model/language'],
  review: ['model', 'model/language', 'model/kernel'],
  cli: [everything],
  'index.ts': [everything],
  test: [everything],
  bench: [everything],
  'vitest.config.ts': [],
};

/** The row of the table that a file or folder belongs to. */
function partOf(path) {
  return Object.keys(allowed)
    .filter((part) => path === part || path.startsWith(`${part}/`))
    .sort((a, b) => b.length - a.length)[0];
}

const importForms = [
  /^[ \t]*(?:import|export)\b[^;'"`()]*?\bfrom\s*(['"])(?<specifier>[^'"\n]+)\1/gm,
  /^[ \t]*import\s*(['"])(?<specifier>[^'"\n]+)\1/gm,
  /\b(?:import|require)\s*\(\s*(['"`])(?<specifier>[^'"`\n]+)\1/g,
];

/** The import specifiers of a source text, each with the line on which it stands. */
function importsOf(text) {
  return importForms.flatMap((form) =>
    [...text.matchAll(form)].map((match) => {
      const end = match.index + match[0].length;
      return { specifier: match.groups.specifier, line: text.slice(0, end).split('\n').length };
    }),
  );
}

/** The project path that a specifier names; undefined for a package from outside. */
function targetOf(file, specifier) {
  if (specifier === 'cowpte' || specifier.startsWith('cowpte/')) return 'index.ts';
  return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : undefined;
}

function refusals(root) {
  return sourceFiles(root).flatMap((file) => {
    const from = partOf(file);
    if (from === undefined)
      return [`${file}:1: belongs to no part of the project (see the table in ${tool})`];
    const targets = allowed[from];
    return importsOf(readFileSync(posix.join(root, file), 'utf8')).flatMap(({ specifier, line }) => {
      const target = targetOf(file, specifier);
      if (target === undefined) return [];
      const to = partOf(target);
      if (to === from || targets.includes(everything) || targets.includes(to)) return [];
      const rule = targets.length === 0 ? 'nothing else of the project' : `only ${targets.join(', ')}`;
      return [`${file}:${line}: imports ${target}, but ${from} may import ${rule}`];
    });
  });
}

const tool = 'tools/check-dependencies.mjs';
const found = refusals(process.argv[2] ?? '.');
for (const line of found) console.error(line);
process.exitCode = found.length === 0 ? 0 : 1;
