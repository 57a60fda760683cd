import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { check } from '../../checking/check.ts';
import { runFile } from '../../checking/result.ts';
import { traceFile } from '../../checking/trace-file.ts';
import { engines } from '../../cli/parts.ts';
import { configurationKeys } from '../../model/scenarios/configuration.ts';
import { jsonValue } from '../../model/scenarios/json-text.ts';
import { resolveScenario } from '../../model/scenarios/read.ts';
import { suites } from '../../model/scenarios/suites/index.ts';
import { scenarioToJson } from '../../model/scenarios/write.ts';
import { protocols } from '../../model/variants/index.ts';
import { properties } from '../../properties/index.ts';

const folder = join(import.meta.dirname, '..', '..', 'schemas');
const schema = (name: string): object =>
  JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as object;
const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true });
for (const name of ['scenario', 'trace', 'result']) ajv.addSchema(schema(name), `${name}.json`);
/** What the schema says against a value; null if nothing. */
function against(name: string, value: unknown) {
  const plain: unknown = JSON.parse(JSON.stringify(value));
  return ajv.validate(`${name}.json`, plain) ? null : ajv.errors;
}

const scenarios = suites.default.filter((s) => s.name.startsWith('two breaks'));
const protocol = protocols[0]!;
const done = check({ scenarios, protocol, properties, options: { maxStates: 5000 } }, engines.js);

test('every scenario that comes with the program', () => {
  for (const scenario of Object.values(suites).flat()) {
    expect(against('scenario', scenarioToJson(scenario))).toBe(null);
  }
});

test('a real result with a violation', () => {
  const file = runFile('0.1.0', 'v5', done, 1);
  expect(file.results.map((r) => r.verdict)).toContain('violated');
  expect(against('result', file)).toBe(null);
});

test('a result that says which hand-overs are needed', () => {
  const named = properties.filter((p) => p.name === 'seqcount-one-writer');
  const asked = check({ scenarios, protocol, properties: named, options: {}, minimal: true }, engines.js);
  expect(asked[0]?.results[0]?.trace?.handOvers).toMatchObject({ needed: true });
  expect(against('result', runFile('0.1.0', 'v5', asked, 1))).toBe(null);
});

test('a result with an account of what it was about', () => {
  const told = check(
    { scenarios: scenarios.slice(0, 1), protocol, properties, options: {}, coverage: true },
    engines.js,
  );
  const file = runFile('0.1.0', 'v5', told, 1);
  expect(against('result', file)).toBe(null);
  expect(against('result', { ...file, coverage: {} })).not.toBe(null);
});

test('a result that a bound ended', () => {
  const cut = check({ scenarios, protocol, properties, options: { maxStates: 10 } }, engines.js);
  expect(cut[0]?.results.map((r) => r.verdict)).toContain('unknown');
  expect(against('result', runFile('0.1.0', 'v5', cut, 1))).toBe(null);
});

test('a result that ends with the first violation', () => {
  const cut = check({ scenarios, protocol, properties, options: { first: true } }, engines.js);
  expect(against('result', runFile('0.1.0', 'v5', cut, 1))).toBe(null);
});

test.each([{ maxSwitches: 1 }, { fingerprints: true }, { sample: 10, seed: 1 }])(
  'a result with %j',
  (options) => {
    const cut = check({ scenarios, protocol, properties, options }, engines.js);
    expect(against('result', runFile('0.1.0', 'v5', cut, 1))).toBe(null);
  },
);

test('a real trace', () => {
  const result = done.flatMap((s) => s.results).find((r) => r.trace !== null)!;
  const file = traceFile('0.1.0', 'v5', scenarios[0]!, result.property, result.trace!);
  expect(against('trace', file)).toBe(null);
  expect(against('trace', { ...file, steps: [{}] })).not.toBe(null);
});

test('reader and schema know the same keys and refuse the same files', () => {
  const small = { mms: { A: {} }, threads: [{ mm: 'A', run: 'exit' }] };
  const wrong = [
    { ...small, thread: [] },
    { ...small, mms: {} },
    { ...small, threads: [] },
    { ...small, config: { slots: 3 } },
    { ...small, config: { entries: 0 } },
    { ...small, config: { debugVM: true } },
    { ...small, initial: 'other' },
    { ...small, threads: [{ mm: 'A', run: 'exit', after: 'all' }] },
    { ...small, mms: { 'A B': {} } },
    { ...small, name: '' },
  ];
  expect(against('scenario', small)).toBe(null);
  for (const file of wrong) {
    expect(against('scenario', file)).not.toBe(null);
    expect(() => resolveScenario(jsonValue(file), 'x')).toThrow();
  }
  const keys = (schema('scenario') as { properties: { config: { properties: object } } }).properties.config
    .properties;
  expect(Object.keys(keys)).toEqual(Object.keys(configurationKeys));
});
