import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { explainPath } from '../../cli/explain-path.ts';
import { pathNames } from '../../model/scenarios/scenario.ts';
import { suites } from '../../model/scenarios/suites/index.ts';
import { protocols } from '../../model/variants/index.ts';
import { properties } from '../../properties/index.ts';
import { cowpte, entry, folder, scenarioFile, twoBreaks } from './run-cowpte.ts';

describe('list', () => {
  test.each([
    ['properties', properties.map((p) => p.name)],
    ['protocols', protocols.map((p) => p.name)],
    ['threads', [...pathNames]],
  ])('%s: one line on each', (kind, names) => {
    const { code, out } = cowpte(['list', kind]);
    expect(code).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines.map((line) => line.trim().split(' ')[0])).toEqual(names);
    expect(lines.filter((line) => !/^ {2}\S+ {2,}\S/.test(line))).toEqual([]);
  });

  test('everything, for people and for programs', () => {
    expect(cowpte(['list']).out).toMatch(
      /^scenarios\n[\s\S]*\nproperties\n[\s\S]*\nprotocols\n[\s\S]*\nthreads\n/,
    );
    const all = JSON.parse(cowpte(['list', '--json']).out) as {
      schema: string;
      scenarios: { name: string }[];
    };
    expect(all.schema).toBe('cowpte.list/1');
    expect(all.scenarios.map((s) => s.name)).toEqual(
      Object.values(suites).flatMap((s) => s.map((one) => one.name)),
    );
  });

  test('an unknown kind', () => {
    const { code, err } = cowpte(['list', 'scenario']);
    expect(code).toBe(2);
    expect(err).toMatch(/^cowpte: .*scenarios, properties, protocols, threads\.\n$/);
  });
});

describe('explain', () => {
  test.each([
    ['put-never-last', /^put-never-last \(property\)\n[\s\S]*mm\/memory\.c:5344/],
    [
      'put-never-last',
      /Broken by:\n {2}v5 in "[\s\S]*\n {2}v5-no-recheck in "one write-fault in each of A and B"/,
    ],
    ['v5', /^v5 \(protocol\)\n[\s\S]*changes nothing/],
    ['v5', /What it violates:\n[\s\S]*in "the fork of A": shared-is-read-only\n/],
    ['fixed', /Every property holds in the default suite\./],
    ['v5-global-ptl', /in "two breaks in A beside an idle B": seqcount-one-writer, /],
    ['v5-no-recheck', /recheck: false \(as posted: true\)/],
    ['two breaks in A beside an idle B', /\(scenario\)\n[\s\S]*A\/1 break-only/],
    ['two-breaks-in-a-beside-an-idle-b', /\(scenario\)\n/],
    [
      'write-fault',
      /^write-fault \(thread\)\n {2}a page fault that writes: [\s\S]*\n {2}handle_cow_pte_fault\(\) in mm\/memory\.c\n {5}5229 {2}read slot: empty\?\n/,
    ],
  ])('%s', (name, text) => {
    const { code, out } = cowpte(['explain', name]);
    expect(code).toBe(0);
    expect(out).toMatch(text);
  });

  test('every name that is listed', () => {
    for (const { name } of [...properties.slice(0, 2), ...protocols.slice(0, 2), suites.deep[0]!]) {
      expect(cowpte(['explain', name]).code).toBe(0);
    }
  });

  test('every path of the kernel', () => {
    for (const path of pathNames) expect(explainPath(path)).toMatch(/ in \S+\.[cSh]\n {4,8}\d+ {2}\S/);
  });

  test('an unknown name', () => {
    const { code, err } = cowpte(['explain', 'put-never-lost']);
    expect([code, err]).toEqual([
      2,
      "cowpte: explain: no property, protocol, scenario or thread is called 'put-never-lost'; did you mean 'put-never-last'?\n",
    ]);
  });
});

describe('replay', () => {
  const at = folder();
  const name = 'two-breaks.seqcount-one-writer.json';
  cowpte(['check', '--scenario', scenarioFile(twoBreaks), '--traces', at]);
  const text = readFileSync(join(at, name), 'utf8');
  const replay = (content: string) => {
    writeFileSync(join(at, 'changed.json'), content);
    return cowpte(['replay', 'changed.json'], { cwd: at });
  };

  test('a recorded trace', () => {
    const { code, out } = cowpte(['replay', name], { cwd: at });
    expect(code).toBe(0);
    expect(out).toMatch(
      /\nReplayed: every step is possible and does what is recorded, and so is the end\.\n$/,
    );
    expect(cowpte(['replay', name, '--layout', 'commit'], { cwd: at }).out).toContain(
      '\n\tCPU0\t\t\t\tCPU1\n',
    );
  });

  test('in every format, to standard output or a file', () => {
    const printed = (format: string): string => cowpte(['replay', name, '--format', format], { cwd: at }).out;
    expect(printed('json')).toBe(text);
    expect(printed('lockdep')).toContain('\n       CPU0                    CPU1\n');
    expect(printed('commit')).toContain('\n\tCPU0\t\t\t\tCPU1\n');
    expect(JSON.parse(printed('itf'))).toHaveProperty('vars');
    expect(JSON.parse(printed('sarif'))).toHaveProperty('version', '2.1.0');
    expect(printed('shiviz')).toMatch(/^\(\?<event>/);
    expect(cowpte(['replay', name, '--format', 'itf', '-o', 'x.itf.json'], { cwd: at })).toEqual({
      code: 0,
      out: '',
      err: '',
    });
    expect(readFileSync(join(at, 'x.itf.json'), 'utf8')).toBe(printed('itf'));
    expect(cowpte(['replay', name, '-o', 'no/x'], { cwd: at }).err).toBe(
      'cowpte: -o no/x: cannot be written: no such file\n',
    );
  });

  test.each<[string, string, RegExp]>([
    ['truncated', text.slice(0, text.length / 2), /^cowpte: changed\.json:\d+:\d+: not JSON: /],
    [
      'another protocol',
      text.replace('"protocol": "v5"', '"protocol": "v6"'),
      /changed\.json: protocol: unknown protocol 'v6'/,
    ],
    [
      'another property',
      text.replace('"property": "seqcount-one-writer"', '"property": "x"'),
      /unknown property 'x'/,
    ],
    [
      'another finding',
      text.replace('"found": "', '"found": "not '),
      /changed\.json: violation\.found: the file says "not /,
    ],
    ['a result file', '{"schema": "cowpte.run/1"}', /changed\.json: schema: unknown schema 'cowpte\.run\/1'/],
    ['empty', '', /not JSON/],
  ])('%s', (_, content, line) => {
    const { code, out, err } = replay(content);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^cowpte: [\x20-\x7e]+\n$/);
    expect(err).toMatch(line);
  });

  test('no such file', () => {
    expect(cowpte(['replay', 'no.json'], { cwd: at })).toEqual({
      code: 2,
      out: '',
      err: 'cowpte: no.json: no such file\n',
    });
  });
});

describe('the program itself', () => {
  test('a misspelt command', () => {
    expect(cowpte(['chekc'])).toEqual({
      code: 2,
      out: '',
      err: "cowpte: unknown command 'chekc' (Did you mean check?)\n",
    });
  });

  test('no command at all shows the help and is an error', () => {
    const { code, out, err } = cowpte([]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^Usage: cowpte /);
  });

  test('a reader that stops early is no failure', () => {
    const command = `"${process.execPath}" "${entry}" list --json | head -c 10; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
    expect([stdout, stderr]).toEqual(['{\n "schema0\n', '']);
  });

  test('help and version', () => {
    expect(cowpte(['--version'])).toEqual({ code: 0, out: '0.1.0\n', err: '' });
    for (const command of ['check', 'list', 'explain', 'replay']) {
      const { code, out } = cowpte([command, '--help']);
      expect([code, out.startsWith(`Usage: cowpte ${command}`)]).toEqual([0, true]);
    }
  });
});
