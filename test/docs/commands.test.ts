import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const command = join(root, 'dist/cli/main.js');
const documents = readdirSync(join(root, 'docs')).filter((f) => f.endsWith('.md'));
const pages = ['README.md', 'CONTRIBUTING.md', ...documents.map((f) => `docs/${f}`)];
const text = (page: string): string => readFileSync(join(root, page), 'utf8');
const blocks = (page: string, kind: string): string[] =>
  [...text(page).matchAll(new RegExp(`\`\`\`${kind}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((m) => m[1] as string);

/** The commands in the `sh` blocks of a page, in order, without their comments. */
const commandsOf = (page: string): string[] =>
  blocks(page, 'sh')
    .flatMap((block) => block.split('\n'))
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line.startsWith('npx cowpte'));

describe.each(pages.filter((page) => commandsOf(page).length > 0))('the commands of %s run', (page) => {
  const folder = mkdtempSync(join(tmpdir(), 'cowpte-docs-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  for (const file of blocks(page, 'json')) {
    const { name } = JSON.parse(file) as { name?: string };
    if (name) writeFileSync(join(folder, `${name}.json`), file);
  }
  it.each(commandsOf(page))('%s', (line) => {
    // A search is cut short here, unless a later command reads the traces that it leaves: this test is about the words of the
    // command. Exit 2 and 4 are the failures it looks for.
    const short = line.includes(' check') && !line.includes('--traces') ? ['--max-states', '300'] : [];
    const graphs = line.includes(' --report ') ? ['--graphs', '0'] : [];
    const [, ...args] = line.replace('npx cowpte', 'cowpte').match(/"[^"]*"|\S+/g) ?? [];
    const words = [...args, ...short, ...graphs].map((w) => w.replaceAll('"', ''));
    const suite = line === 'npx cowpte check' ? ['--first'] : [];
    const run = spawnSync(process.execPath, [command, ...words, ...suite], { cwd: folder, encoding: 'utf8' });
    expect([0, 1, 3], run.stderr).toContain(run.status);
  });
});

describe.each(pages)('the links of %s', (page) => {
  it('lead somewhere', () => {
    for (const [, target] of text(page).matchAll(/\]\(([^)#]+)\)/g)) {
      const file = join(root, page, '..', target as string);
      if (!(target as string).includes('://')) expect(() => readFileSync(file), target).not.toThrow();
    }
  });
});
