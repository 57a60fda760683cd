import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { cowpte, folder, scenarioFile, twoBreaks } from './run-cowpte.ts';

const scenario = ['--scenario', scenarioFile(twoBreaks)];
const compare = (...args: string[]) => cowpte(['compare', ...args, ...scenario]);

test('for people, with an exit code for scripts', () => {
  const { code, out, err } = compare('v5', 'v5-no-recheck');
  expect([code, err]).toEqual([1, '']);
  expect(out).toMatch(
    /^v5 -> v5-no-recheck, 1 scenario\n\nverdicts +v5 +v5-no-recheck\n {2}two breaks\n {4}introduced /,
  );
  expect(out).toMatch(/\n {2}v5 can: A\/0 handle_cow_pte_fault\(\) mm\/memory\.c:5298: /);
  expect(compare('v5-no-recheck', 'v5').code).toBe(0);
  expect(compare('v5', 'v5-no-recheck', '--max-states', '40').code).toBe(3);
  expect(compare('v5', 'v5-no-recheck', '--property', 'no-deadlock', '--quiet')).toEqual({
    code: 0,
    out: '',
    err: '',
  });
});

test('as JSON, the same each time and as the schema says', () => {
  const schema = JSON.parse(
    readFileSync(join(import.meta.dirname, '..', '..', 'schemas', 'comparison.json'), 'utf8'),
  ) as object;
  const validate = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(
    schema,
  );
  const { code, out } = compare('v4', 'v5', '--json', '-');
  expect(code).toBe(0);
  expect(validate(JSON.parse(out)) ? null : validate.errors).toBe(null);
  expect(compare('v4', 'v5', '--json', '-').out).toBe(out);
  const at = join(folder(), 'c.json');
  expect(compare('v4', 'v5', '--json', at, '--quiet').out).toBe('');
  expect(readFileSync(at, 'utf8')).toBe(out);
});

test.each<[string, string[], RegExp]>([
  ['an unknown protocol', ['v5', 'v6'], /^cowpte: <protocol-b>: unknown protocol 'v6'; did you mean/],
  ['one protocol only', ['v5'], /^cowpte: missing required argument 'protocol-b'/],
  ['an unknown property', ['v5', 'v4', '--property', 'x'], /unknown property 'x'/],
])('%s', (_, args, line) => {
  const { code, out, err } = compare(...args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(line);
});

test('a file that cannot be written is refused before the search', () => {
  const at = join(folder(), 'no', 'c.json');
  expect(compare('v5', 'v4', '--json', at)).toMatchObject({ code: 2, out: '' });
  expect(existsSync(at)).toBe(false);
});
