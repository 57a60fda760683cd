import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from './run-tool.ts';

const read = (path: string) => readFileSync(join(projectRoot, path), 'utf8');

test('every dependency is pinned to one version', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
  }
});

test('the lock file has a checksum for every package and names no registry', () => {
  const { packages } = JSON.parse(read('package-lock.json'));
  for (const [path, entry] of Object.entries<Record<string, unknown>>(packages)) {
    if (path === '') continue;
    expect(entry, path).toHaveProperty('integrity');
    expect(entry, path).not.toHaveProperty('resolved');
  }
});
