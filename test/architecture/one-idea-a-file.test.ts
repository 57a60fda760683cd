import { expect, test } from 'vitest';
import { projectRoot, runTool } from './run-tool.ts';
import { temporaryTree } from './temporary-tree.ts';

const check = (files: Readonly<Record<string, string>>) => runTool('check-files.mjs', temporaryTree(files));

test('the project itself passes', () => {
  expect(runTool('check-files.mjs', projectRoot)).toEqual({ code: 0, refused: [] });
});

test('400 lines pass, 401 do not', () => {
  expect(check({ 'model/long.ts': '\n'.repeat(400) }).code).toBe(0);
  const refused = ['model/long.ts:401: has 401 lines, the most is 400'];
  expect(check({ 'model/long.ts': '\n'.repeat(401) })).toEqual({ code: 1, refused });
});

test.each([
  'explorer/utils.ts',
  'helpers.ts',
  'model/types.ts',
  'cli/helpers/paths.ts',
  'test/utils.test.ts',
])('%s does not say what it holds', (file) => {
  expect(check({ [file]: '' }).code).toBe(1);
});
