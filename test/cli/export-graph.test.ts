import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { cowpte, folder, oneBreak, scenarioFile, twoBreaks } from './run-cowpte.ts';

const scenario = scenarioFile(twoBreaks);
const alone = scenarioFile(oneBreak);
const exported = (...args: string[]) => cowpte(['export', '--scenario', scenario, ...args]);
const lines = (out: string) =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('a graph goes to standard output, or to a file, with the same bytes', () => {
  const at = folder();
  for (const format of ['gexf', 'graphml', 'dot', 'jsonl']) {
    const { code, out, err } = cowpte(['export', '--scenario', alone, '--format', format]);
    expect([code, err]).toEqual([0, '']);
    expect(cowpte(['export', '--scenario', alone, '--format', format, '-o', join(at, format)]).out).toBe('');
    expect(readFileSync(join(at, format), 'utf8')).toBe(out);
  }
  expect(readdirSync(at).sort()).toEqual(['dot', 'gexf', 'graphml', 'jsonl']);
});

test('the whole graph has the counts of a search without reductions', () => {
  const [head, ...rest] = lines(exported('--format', 'jsonl').out);
  const result = cowpte(['check', '--scenario', scenario, '--no-reduce', '--json', '-']).out;
  const { states, transitions } = (JSON.parse(result) as { results: Record<string, number>[] }).results[0]!;
  expect(head).toMatchObject({ nodes: states, states, reason: null });
  expect(rest.filter((r) => r['kind'] === 'edge')).toHaveLength(transitions!);
});

test('every line keeps to the schema', () => {
  const schema = JSON.parse(
    readFileSync(join(import.meta.dirname, '..', '..', 'schemas', 'graph.json'), 'utf8'),
  ) as object;
  const validate = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true }).compile(
    schema,
  );
  const around = ['--property', 'seqcount-one-writer', '--around', '1'];
  for (const args of [['--quotient', 'shape'], around, ['--max-depth', '4']]) {
    for (const line of lines(exported('--format', 'jsonl', ...args).out)) {
      expect(validate(line) ? null : [line, validate.errors]).toBe(null);
    }
  }
});

test.each([
  ['places', 1034],
  ['shape', 7],
  ['scc', 5116],
  ['bisimulation', 2001],
])('the quotient by %s', (quotient, nodes) => {
  const { code, out } = exported('--format', 'jsonl', '--quotient', quotient);
  expect([code, lines(out)[0]]).toMatchObject([0, { by: quotient, nodes, states: 5116 }]);
});

test('a bound is told', () => {
  const { code, out, err } = exported('--format', 'jsonl', '--max-states', '50');
  expect([code, err]).toEqual([0, 'cowpte: the graph is not whole (max-states): 45 states\n']);
  expect(lines(out)[0]).toMatchObject({ nodes: 45, reason: 'max-states' });
});

describe('what cannot be had is refused, and nothing is changed', () => {
  const around = ['--format', 'dot', '--around', '1'];
  test.each<[string, string[], RegExp]>([
    [
      'too many nodes',
      ['--format', 'mermaid'],
      /^cowpte: --format: 5,116 nodes: mermaid carries at most 200 nodes; take a quotient/,
    ],
    [
      'a quotient of a language',
      ['--format', 'promela', '--quotient', 'shape'],
      /--quotient: is for graphs, and promela is a language/,
    ],
    ['a bound of a language', ['--format', 'tla', '--max-states', '5'], /--max-states: is for graphs/],
    [
      'an unknown quotient',
      ['--format', 'dot', '--quotient', 'place'],
      /choices are places, shape, scc, bisimulation/,
    ],
    [
      'an unknown variable',
      ['--format', 'dot', '--shape', 'slot_tabel'],
      /'slot_tabel'; did you mean 'slot_table'\?/,
    ],
    ['around nothing', around, /--around: needs one --property/],
    ['around two', [...around, '--property', 'pmd-same', 'no-deadlock'], /--around: needs one --property/],
    [
      'around what holds',
      [...around, '--property', 'no-deadlock'],
      /no-deadlock holds: there is no counterexample/,
    ],
    [
      'around and a quotient',
      [...around, '--property', 'seqcount-settles', '--quotient', 'scc'],
      /no quotient of a neighbourhood/,
    ],
    [
      'around half a step',
      ['--format', 'dot', '--around', '0.5', '--property', 'pmd-same'],
      /'0\.5' is not a whole number/,
    ],
  ])('%s', (_, args, line) => {
    const path = join(folder(), 'graph');
    writeFileSync(path, 'before');
    const { code, out, err } = exported(...args, '-o', path);
    expect([code, out, readFileSync(path, 'utf8')]).toEqual([2, '', 'before']);
    expect(err).toMatch(line);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  test('a folder that is not there', () => {
    const path = join(folder(), 'no', 'graph');
    const { code, err } = exported('--format', 'dot', '-o', path);
    expect([code, existsSync(path)]).toEqual([2, false]);
    expect(err).toMatch(/^cowpte: -o \S+: cannot be written: no such file\n$/);
  });
});
