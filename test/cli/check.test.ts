import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cowpte, folder, oneBreak, scenarioFile, twoBreaks } from './run-cowpte.ts';

const one = scenarioFile(oneBreak);
const two = scenarioFile(twoBreaks);
const broken = 'seqcount-one-writer';

describe('exit codes', () => {
  test.each<[string, string[], number]>([
    ['all hold', ['--scenario', one], 0],
    ['violated', ['--scenario', two], 1],
    ['violated, expected', ['--scenario', two, '--property', broken, '--expect', `violated:${broken}`], 0],
    ['expected, gone', ['--scenario', one, '--expect', `violated:${broken}`], 1],
    ['a bound', ['--scenario', one, '--no-reduce', '--max-states', '10'], 3],
    ['a bound after the violation', ['--scenario', two, '--max-depth', '30'], 1],
    ['named and not exercised', ['--scenario', one, '--property', 'warn-free-shared'], 3],
    ['a bound on switches', ['--scenario', two, '--max-switches', '0'], 3],
    ['a violation within it', ['--scenario', two, '--max-switches', '1'], 1],
    ['a bound on switches that is not met', ['--scenario', one, '--max-switches', '3'], 0],
    ['fingerprints', ['--scenario', one, '--fingerprints'], 3],
    ['a violation by fingerprints', ['--scenario', two, '--fingerprints'], 1],
    ['walks', ['--scenario', one, '--sample', '10'], 3],
    ['a violation on a walk', ['--scenario', two, '--sample', '100', '--seed', '3'], 1],
    ['first', ['--scenario', two, one, '--first'], 1],
    ['the slow engine', ['--scenario', two, '--engine', 'xstate', '--property', broken], 1],
    ['another configuration', ['--scenario', one, '--config', 'CONFIG_NR_CPUS=2', 'entries=2'], 0],
  ])('%s', (_, args, code) => {
    const ran = cowpte(['check', ...args]);
    expect([ran.code, ran.err]).toEqual([code, '']);
  });
});

test('the table, the trace and the summary', () => {
  const { out } = cowpte(['check', '--scenario', one, two, '--property', broken, 'no-deadlock']);
  expect(out).toMatch(
    /^one break\n {2}\d+ states?, \d+ transitions?, depth \d+, exhaustive, in \d+\.\d s\n {2}holds {5}no-deadlock, seqcount-one-writer\n/,
  );
  expect(out).toMatch(/\ntwo breaks\n.*\n {2}violated {2}seqcount-one-writer {2}after \d+ steps\n/);
  expect(out).toContain('\n       CPU0                    CPU1\n       ----                    ----\n');
  expect(out).toMatch(/\nneeded: .*; found: /);
  expect(out).toMatch(/violated {2}seqcount-one-writer {2}in 1 of 2 scenarios\n/);
  expect(out).toMatch(/\nprotocol v5, 2 scenarios, 2 properties: 1 violated, 0 unknown, 1 holds\n$/);
});

test('a scenario by name, by slug and twice', () => {
  const name = 'one break in each of A and B';
  const { out, code } = cowpte(['check', '--scenario', name, '--scenario', 'one-break-in-each-of-a-and-b']);
  expect(code).toBe(0);
  expect(out.split(`${name}\n`)).toHaveLength(2);
});

test('the result is the same from run to run but for timing', () => {
  const runs = [1, 2].map(
    () => JSON.parse(cowpte(['check', '--scenario', two, '--json', '-']).out) as object,
  );
  const [a, b] = runs.map((run) => JSON.stringify({ ...run, timing: null }));
  expect(a).toBe(b);
  expect(runs[0]).toMatchObject({ schema: 'cowpte.run/1', protocol: 'v5', tool: '0.1.0' });
});

test('the first violation ends the check: what was not searched is named', () => {
  const args = ['check', '--scenario', two, one, '--first'];
  expect(cowpte(args).out).toContain('\n1 scenario was not searched: --first ended the check\n');
  const file = JSON.parse(cowpte([...args, '--json', '-']).out) as {
    results: { scenario: string }[];
    unsearched: string[];
  };
  expect([...new Set(file.results.map((r) => r.scenario))]).toEqual(['two breaks']);
  expect(file.unsearched).toEqual(['one break']);
});

test('all engines give the same result', () => {
  // XState takes its time over every property: one of each form is enough for it.
  const some = ['--property', broken, 'no-deadlock', 'lifecycle', 'no-table-leak'];
  const by = (engine: string, ...more: string[]) =>
    JSON.stringify({
      ...(JSON.parse(
        cowpte(['check', '--scenario', two, '--engine', engine, ...more, '--no-reduce', '--json', '-']).out,
      ) as object),
      timing: null,
    });
  expect(by('xstate', ...some)).toBe(by('js', ...some));
  const all = by('js');
  expect(by('wasm')).toBe(all);
  expect(by('auto', '--threads', '2')).toBe(all);
});

test('files: result and traces, and where they lie', () => {
  const at = folder();
  const args = [
    'check',
    '--scenario',
    two,
    '--property',
    broken,
    '--json',
    'r.json',
    '--traces',
    'deep/traces',
  ];
  const { out, code } = cowpte(args, { cwd: at });
  expect(code).toBe(1);
  expect(out).toMatch(/\nThe result is in r\.json, the traces are in deep\/traces\.\n$/);
  expect(readdirSync(at).sort()).toEqual(['deep', 'r.json']);
  expect(readdirSync(join(at, 'deep', 'traces')).sort()).toEqual([
    `two-breaks.${broken}.json`,
    `two-breaks.${broken}.txt`,
  ]);
  const text = readFileSync(join(at, 'deep', 'traces', `two-breaks.${broken}.txt`), 'utf8');
  expect(out).toContain(text);
  expect(text.endsWith(`npx cowpte replay deep/traces/two-breaks.${broken}.json\n`)).toBe(true);
  const again = cowpte(['replay', `deep/traces/two-breaks.${broken}.json`], { cwd: at });
  const asRead = text.replace('none is shorter.', 'none is shorter, says the file.');
  expect([again.code, again.out.startsWith(asRead)]).toEqual([0, true]);
});

test('the result as SARIF and JUnit, traces in other formats', () => {
  const at = folder();
  const files = [
    '--sarif',
    'r.sarif',
    '--junit',
    'r.xml',
    '--traces',
    't',
    '--trace-format',
    'itf',
    'shiviz',
  ];
  const ran = cowpte(['check', '--scenario', two, '--property', broken, ...files], { cwd: at });
  expect(ran.code).toBe(1);
  expect(ran.out).toMatch(/\nThe result is in r\.sarif, r\.xml, the traces are in t\.\n$/);
  expect(readdirSync(join(at, 't')).sort()).toEqual(
    ['.itf.json', '.json', '.shiviz.log', '.txt'].map((suffix) => `two-breaks.${broken}${suffix}`),
  );
  const sarif = JSON.parse(readFileSync(join(at, 'r.sarif'), 'utf8')) as { runs: { results: object[] }[] };
  expect(sarif.runs[0]!.results).toMatchObject([{ ruleId: broken, kind: 'fail' }]);
  expect(readFileSync(join(at, 'r.xml'), 'utf8')).toContain(
    `<testcase name="${broken}" classname="v5.two breaks">`,
  );
  const toStandardOutput = cowpte(['check', '--scenario', two, '--property', broken, '--junit', '-']);
  expect(toStandardOutput.out).toMatch(/^<\?xml [\s\S]*<\/testsuites>\n$/);
});

test('whether the hand-overs are needed, where it is asked', () => {
  const args = ['check', '--scenario', two, '--property', broken];
  expect(cowpte(args).out).not.toContain('It needs');
  expect(cowpte([...args, '--minimal']).out).toMatch(
    /; none is shorter\.\nIt needs at least 1 hand-over: no run without one violates it, however\n {2}long \(exhaustive, \d+ states\)\.\n/,
  );
  const json = JSON.parse(cowpte([...args, '--minimal', '--json', '-']).out) as {
    results: { trace: { handOvers: object } }[];
  };
  expect(json.results[0]!.trace.handOvers).toMatchObject({
    needed: true,
    searched: 0,
    fewest: null,
    reason: null,
  });
});

test('quiet prints nothing', () => {
  expect(cowpte(['check', '--scenario', two, '--quiet'])).toEqual({ code: 1, out: '', err: '' });
});

test('by switches: as the schema says, and up to which number all was seen', () => {
  const args = ['check', '--scenario', two, '--property', broken, 'no-deadlock', '--max-switches', '1'];
  const { out } = cowpte(args);
  expect(out).toMatch(/not exhaustive \(max-switches; all runs of up to 1 switch seen\)/);
  const file = JSON.parse(cowpte([...args, '--json', '-']).out) as { results: object[] };
  expect(file.results).toMatchObject([
    { verdict: 'unknown', reason: 'max-switches', switches: 1 },
    { verdict: 'violated', switches: 1, bounds: { maxSwitches: 1 }, trace: { switches: 1, shortest: true } },
  ]);
});

test('colour is given where it is asked for only', () => {
  const colored = (args: readonly string[], env = {}) =>
    cowpte(['check', '--scenario', one, ...args], { env }).out.includes('\u001b[');
  expect(colored([])).toBe(false);
  expect(colored(['--color', 'always'])).toBe(true);
  expect(colored(['--color', 'always'], { NO_COLOR: '1' })).toBe(true);
  expect(colored(['--color', 'never'], { FORCE_COLOR: '1' })).toBe(false);
});

test('a name cannot write to the terminal', () => {
  const file = scenarioFile({ ...twoBreaks, name: `\u001b[2J\r\n${'x'.repeat(10_000)}\u202e` });
  const { out, code } = cowpte(['check', '--scenario', file, '--property', broken]);
  expect(code).toBe(1);
  expect(out).toMatch(/^[\x20-\x7e\n]+$/);
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(200);
});

describe('input is refused in one line, and nothing is written', () => {
  const at = folder();
  writeFileSync(join(at, 'file'), '');
  writeFileSync(join(at, 'big.json'), `{"name": "${'x'.repeat(10_000_000)}"}`);
  writeFileSync(join(at, 'latin.json'), Buffer.from([0x7b, 0xff, 0x7d]));
  writeFileSync(join(at, 'other.json'), JSON.stringify({ ...oneBreak, name: 'two breaks' }));
  const traces = join(at, 'traces');
  test.each<[string, string[], RegExp]>([
    [
      'no such scenario',
      ['--scenario', 'two-braeks-in-a-beside-an-idle-b'],
      /did you mean 'two-breaks-in-a-beside-an-idle-b'\?/,
    ],
    ['no such file', ['--scenario', 'no/such.json'], /^cowpte: no\/such\.json: no such file$/],
    ['a folder', ['--scenario', at], /is a folder, not a file/],
    ['10 MB', ['--scenario', join(at, 'big.json')], /big\.json: longer than 1000000 bytes$/],
    ['endless', ['--scenario', '/dev/zero'], /^cowpte: \/dev\/zero: longer than 1000000 bytes$/],
    ['not UTF-8', ['--scenario', join(at, 'latin.json')], /latin\.json: is not UTF-8 text$/],
    ['NUL in the path', ['--scenario', './a\u0001b'], /no such file/],
    [
      'one name, two scenarios',
      ['--scenario', two, join(at, 'other.json')],
      /two different scenarios are both named 'two breaks'/,
    ],
    [
      'property',
      ['--property', 'put-never-lost'],
      /--property: unknown property 'put-never-lost'; did you mean 'put-never-last'\?$/,
    ],
    ['protocol', ['--protocol', 'v6'], /--protocol: unknown protocol 'v6'; did you mean 'v5'\?$/],
    ['engine', ['--engine', 'wams'], /--engine: unknown engine 'wams'; did you mean 'wasm'\?/],
    ['threads', ['--threads', '17'], /--threads: '17' is above 16, the most$/],
    ['threads of an engine', ['--threads', '2', '--engine', 'js'], /--threads: is not for the engine 'js'/],
    ['suite', ['--suite', 'deap'], /did you mean 'deep'\?$/],
    ['config key', ['--config', 'CONFIG_DEBUG_VN=y'], /did you mean 'CONFIG_DEBUG_VM'\?$/],
    [
      'config value',
      ['--config', 'entries=9'],
      /--config: config\.entries: 9 is not a whole number from 1 to 4$/,
    ],
    ['config form', ['--config', 'entries'], /'entries' is not KEY=VALUE$/],
    ['prototype', ['--config', '__proto__=1'], /unknown key '__proto__'/],
    ['states', ['--max-states', '0'], /--max-states: '0' is not a positive whole number$/],
    ['depth', ['--max-depth', '1e3'], /--max-depth: '1e3' is not a positive whole number$/],
    ['switches', ['--max-switches', 'few'], /--max-switches: 'few' is not a whole number$/],
    [
      'switches by XState',
      ['--max-switches', '2', '--engine', 'xstate'],
      /--max-switches: is not for the engine 'xstate'$/,
    ],
    [
      'two searches',
      ['--max-switches', '2', '--fingerprints'],
      /--max-switches: does not go with --fingerprints/,
    ],
    ['walks', ['--sample', '0'], /--sample: '0' is not a positive whole number$/],
    ['walks with states', ['--sample', '5', '--max-states', '9'], /--max-states: does not go with --sample/],
    ['seed without walks', ['--seed', '5'], /--seed: is for --sample$/],
    ['seed', ['--sample', '5', '--seed', '4294967296'], /--seed: '4294967296' is not below 2\^32$/],
    ['memory', ['--memory', '2X'], /--memory: '2X' is not an amount of memory such as 512M or 2G$/],
    ['time', ['--timeout', '-1'], /--timeout: '-1' is not a time such as 30s or 2m$/],
    ['expectation', ['--expect', 'holds:no-deadlock'], /write violated:NAME$/],
    ['layout', ['--layout', 'lock'], /--layout.*lockdep, commit/],
    ['option', ['--scenaro', 'x'], /unknown option '--scenaro' \(Did you mean --scenario\?\)$/],
    ['argument', ['v5'], /too many arguments/],
    ['result folder', ['--json', join(at, 'no', 'r.json')], /--json .*cannot be written: no such file$/],
    ['result without a name', ['--json', ''], /--json '': cannot be written: cannot be a file name$/],
    ['result with a slash', ['--json', join(at, 'new/')], /cannot be written: is a folder, not a file$/],
    ['traces without a name', ['--traces', ''], /--traces '': cannot be written: cannot be a file name$/],
    [
      'traces below /proc',
      ['--traces', '/proc/x/y'],
      /--traces \/proc\/x\/y: cannot be written: no such file$/,
    ],
    [
      'one name for two results',
      ['--sarif', '-', '--json', '-'],
      /--json has the same name|--sarif has the same name/,
    ],
    [
      'a result named as the folder',
      ['--sarif', `${at}/./x`, '--traces', join(at, 'x')],
      /--sarif: --traces has the same name; give it another one$/,
    ],
    [
      'a format without a folder',
      ['--json', '-', '--trace-format', 'itf'],
      /--trace-format: needs a folder; give it with --traces$/,
    ],
    ['an unknown format', ['--trace-format', 'xml'], /lockdep, commit, json, sarif, itf, shiviz/],
    ['result is a folder', ['--json', at], /cannot be written: is a folder/],
    [
      'traces folder',
      ['--traces', join(at, 'file', 'traces')],
      /--traces .*cannot be written: a part of the path is not a folder$/,
    ],
  ])('%s', (_, args, line) => {
    const given = args.includes('--traces') || args.includes('--json') ? args : [...args, '--traces', traces];
    const ran = cowpte(['check', ...given]);
    expect(ran.code).toBe(2);
    expect(ran.out).toBe('');
    expect(ran.err).toMatch(/^cowpte: [\x20-\x7e]+\n$/);
    expect(ran.err.trimEnd()).toMatch(line);
    expect(readdirSync(at).sort()).toEqual(['big.json', 'file', 'latin.json', 'other.json']);
  });
});

test('what the search was about', () => {
  const at = folder();
  const { code, out } = cowpte(
    ['check', '--scenario', scenarioFile(oneBreak), '--coverage', '--json', 'r.json'],
    {
      cwd: at,
    },
  );
  expect(code).toBe(0);
  expect(out).toMatch(
    /\ncoverage of v5, 1 scenario\n\n {2}branches of the source: \d+ of \d+ taken; by path\n/,
  );
  const { coverage } = JSON.parse(readFileSync(join(at, 'r.json'), 'utf8')) as {
    coverage: { branches: object[] };
  };
  expect(coverage.branches.length).toBeGreaterThan(40);
});
