import { expect, test } from 'vitest';
import { projectRoot, runTool } from './run-tool.ts';
import { temporaryTree } from './temporary-tree.ts';

const check = (files: Readonly<Record<string, string>>) =>
  runTool('check-dependencies.mjs', temporaryTree(files));

test('the project itself keeps the direction', () => {
  expect(runTool('check-dependencies.mjs', projectRoot)).toEqual({ code: 0, refused: [] });
});

test.each([
  ['model/language/machine.ts', '../kernel/spin-lock.ts'],
  ['model/language/machine.ts', '../../explorer/search/search.ts'],
  ['model/kernel/spin-lock.ts', '../threads/zap.ts'],
  ['model/threads/zap.ts', '../../explorer/search/search.ts'],
  ['model/variants/v4.ts', '../../properties/lifecycle.ts'],
  ['properties/lifecycle.ts', '../model/threads/zap.ts'],
  ['properties/lifecycle.ts', '../model/variants/v4.ts'],
  ['properties/lifecycle.ts', '../explorer/search/search.ts'],
  ['explorer/search/search.ts', '../../model/kernel/spin-lock.ts'],
  ['explorer/search/search.ts', '../../properties/lifecycle.ts'],
  ['explorer/search/search.ts', '../../index.ts'],
  ['explorer/search/search.ts', 'cowpte'],
  ['evidence/text.ts', '../model/threads/zap.ts'],
  ['evidence/text.ts', '../cli/main.ts'],
  ['engines/promela.ts', '../evidence/text.ts'],
])('%s may not import %s', (file, specifier) => {
  const { code, refused } = check({ [file]: `import { a } from '${specifier}';\n` });
  expect(code).toBe(1);
  expect(refused).toHaveLength(1);
  expect(refused[0]).toMatch(new RegExp(`^${file}:1: imports .*, but .* may import `));
});

test.each([
  ['model/language/machine.ts', './expression.ts'],
  ['model/language/machine.ts', 'xstate'],
  ['model/kernel/spin-lock.ts', '../language/machine.ts'],
  ['model/threads/zap.ts', '../kernel/spin-lock.ts'],
  ['model/scenarios/zap.ts', '../variants/v4.ts'],
  ['properties/lifecycle.ts', '../model/kernel/spin-lock.ts'],
  ['explorer/search/search.ts', '../../model/language/machine.ts'],
  ['explorer/search/search.ts', '../store/visited.ts'],
  ['evidence/text.ts', '../explorer/trace/trace.ts'],
  ['engines/promela.ts', '../model/language/machine.ts'],
  ['cli/main.ts', '../evidence/text.ts'],
  ['test/model/zap.test.ts', '../../model/threads/zap.ts'],
])('%s may import %s', (file, specifier) => {
  expect(check({ [file]: `import { a } from '${specifier}';\n` })).toEqual({ code: 0, refused: [] });
});

test.each([
  ['import type', "import type { A } from '../explorer/a.ts';"],
  ['import for its effect', "import '../explorer/a.ts';"],
  ['export from', "export * from '../explorer/a.ts';"],
  ['import()', "const a = await import('../explorer/a.ts');"],
  ['a type in place', "let a: import('../explorer/a.ts').A;"],
  ['an import of several lines', "import {\n  a,\n  b,\n} from '../explorer/a.ts';"],
])('%s counts as an import', (_form, text) => {
  expect(check({ 'properties/lifecycle.ts': text }).code).toBe(1);
});

test('the refusal names the line', () => {
  const { refused } = check({ 'explorer/a.ts': "\nimport b from './b.ts';\nimport c from '../cli/c.ts';\n" });
  expect(refused).toEqual(['explorer/a.ts:3: imports cli/c.ts, but explorer may import only model/language']);
});

test('a folder that the table does not know is refused', () => {
  expect(check({ 'elsewhere/a.ts': '' }).refused[0]).toMatch(/^elsewhere\/a\.ts:1: belongs to no part/);
});
