import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from './run-tool.ts';

// A path of the machine on which a file was written means nothing on the reader's.
const homes = ['work', 'home', 'root', 'Users'];
const machinePath = new RegExp(`(?<![\\w.~/-])/(?:${homes.join('|')})/\\S*`, 'g');

const listing = spawnSync('git', ['ls-files', '-z'], { cwd: projectRoot, encoding: 'utf8' });

test.skipIf(listing.status !== 0)('no file names a path of one machine', () => {
  const files = listing.stdout
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(projectRoot, file)));
  const found = files.flatMap((file) =>
    [...readFileSync(join(projectRoot, file), 'utf8').matchAll(machinePath)].map(
      ([path]) => `${file}: ${path}`,
    ),
  );
  expect(found).toEqual([]);
});
