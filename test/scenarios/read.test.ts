import { describe, expect, test } from 'vitest';
import { InputError } from '../../model/scenarios/input-error.ts';
import { readScenario } from '../../model/scenarios/read.ts';

const read = (file: object) => readScenario(JSON.stringify(file), 'race.json');
const small = { mms: { A: {}, B: {} }, threads: [{ mm: 'A', run: 'write-fault' }] };

/** The one line that answers a wrong file. */
function answer(text: string | object): string {
  try {
    readScenario(typeof text === 'string' ? text : JSON.stringify(text), 'race.json');
  } catch (error) {
    if (error instanceof InputError) return error.line;
    throw error;
  }
  return '(accepted)';
}

describe('defaults', () => {
  test('everything that is left out is filled in', () => {
    expect(read(small)).toEqual({
      name: 'race',
      about: '',
      mms: [
        { name: 'A', member: true, slots: ['shared'] },
        { name: 'B', member: true, slots: ['shared'] },
      ],
      threads: [{ mm: 'A', run: 'write-fault', after: null, slot: 0, entry: null, to: null }],
      config: {
        debugVm: true,
        splitPtlocks: true,
        rcuTableFree: false,
        allocFailures: 0,
        entries: 1,
        slots: 1,
        memory: 'sc',
      },
    });
  });

  test('an exit comes after the tasks of its mm', () => {
    expect(read({ ...small, threads: [{ mm: 'A', run: 'exit' }] }).threads[0]?.after).toBe('own');
  });

  test.each([
    ['shared', ['shared', 'shared', 'none']],
    ['private', ['private', 'none', 'none']],
    ['none', ['none', 'none', 'none']],
  ])('initial %s', (initial, slots) => {
    const file = { ...small, mms: { A: {}, B: {}, C: { member: false } }, initial };
    expect(read(file).mms.map((mm) => mm.slots[0])).toEqual(slots);
  });

  test('initial slot by slot', () => {
    const file = { ...small, initial: { slots: ['private', 'shared'] }, config: { slots: 2 } };
    expect(read(file).mms.map((mm) => mm.slots)).toEqual([
      ['private', 'shared'],
      ['none', 'shared'],
    ]);
  });

  test('a byte order mark is nothing', () => {
    expect(readScenario(`\ufeff${JSON.stringify(small)}`, 'race.json')).toEqual(read(small));
  });
});

describe('a mistake is named, placed and answered', () => {
  const thread = (change: object) => ({
    ...small,
    threads: [small.threads[0], { ...small.threads[0], ...change }],
  });
  const config = (change: object) => ({ ...small, config: change });
  test.each<[string, object, string]>([
    ['key', { ...small, thread: [] }, "thread: unknown key 'thread'; did you mean 'threads'?"],
    [
      'path',
      thread({ run: 'write-falt' }),
      "threads[1].run: unknown path 'write-falt'; did you mean 'write-fault'?",
    ],
    ['mm of a thread', thread({ mm: 'a' }), "threads[1].mm: unknown mm 'a'; did you mean 'A'?"],
    ['slot', thread({ slot: 1 }), 'threads[1].slot: 1 is not a whole number from 0 to 0'],
    ['entry', thread({ entry: 0 }), "threads[1].entry: the path 'write-fault' takes no 'entry'"],
    ['moment', thread({ after: 'forks' }), "threads[1].after: unknown moment 'forks'; did you mean 'fork'?"],
    ['no fork', thread({ after: 'fork' }), 'threads[1]: would never start: no thread forks into mm A'],
    [
      'exit after fork',
      thread({ run: 'exit', after: 'fork' }),
      "threads[1].after: an exit always starts after 'own'",
    ],
    ['no threads', { ...small, threads: [] }, 'threads: 0 threads; a scenario has 1 to 10'],
    ['no list', { ...small, threads: {} }, 'threads: expected a list, found an object'],
    ['nothing', { mms: { A: {} } }, 'threads: missing; expected a list'],
    ['no mms', { ...small, mms: {} }, 'mms: at least one mm is needed'],
    [
      'initial',
      { ...small, initial: 'share' },
      "initial: unknown initial state 'share'; did you mean 'shared'?",
    ],
    [
      'slots of initial',
      { ...small, initial: { slots: ['none', 'none'] } },
      'initial.slots: 2 slots here, but config.slots is 1',
    ],
    ['memory', config({ memory: 'tso' }), "config.memory: the memory model 'tso' is not known; use 'sc'"],
    ['fraction', config({ entries: 1.5 }), 'config.entries: 1.5 is not a whole number from 1 to 4'],
    ['flag', config({ debugVm: 'y' }), "config.debugVm: expected true or false, found the string 'y'"],
    ['alloc', config({ allocFailures: 9 }), 'config.allocFailures: 9 is not a whole number from 0 to 8'],
    ['config', config({ debugvm: true }), "config.debugvm: unknown key 'debugvm'; did you mean 'debugVm'?"],
    ['member', { ...small, mms: { A: { member: 1 } } }, 'mms.A.member: expected true or false, found 1'],
    ['empty name', { ...small, name: ' ' }, 'name: a scenario needs a name that is not empty'],
  ])('%s', (_, file, line) => {
    expect(answer(file)).toBe(`race.json: ${line}`);
  });

  test('two exits of one mm', () => {
    const exit = { mm: 'A', run: 'exit' };
    expect(answer({ ...small, threads: [exit, exit] })).toBe(
      'race.json: threads[1]: mm A exits already in threads[0]',
    );
  });

  test('eleven threads, nine mms', () => {
    expect(answer({ ...small, threads: Array(11).fill(small.threads[0]) })).toContain('11 threads');
    const mms = Object.fromEntries(Array.from('ABCDEFGHI').map((name) => [name, {}]));
    expect(answer({ ...small, mms })).toBe('race.json: mms: 9 mms; at most 8');
  });
});

describe('hostile text gets one clear line', () => {
  test.each([
    ['empty', '', 'race.json:1:1: not JSON: expected a value, found the end of the file'],
    ['not an object', '[]', 'race.json: expected an object, found a list'],
    [
      'cut off',
      '{"mms": {"A": {}',
      "race.json:1:17: not JSON: expected ',' or '}', found the end of the file",
    ],
    ['two keys', '{"mms": {},\n "mms": {}}', "race.json:2:2: not JSON: the key 'mms' stands twice"],
    ['two escaped keys', '{"a": 1, "\\u0061": 1}', "race.json:1:10: not JSON: the key 'a' stands twice"],
    ['prototype', '{"__proto__": {"mms": {}}}', "race.json: __proto__: unknown key '__proto__'"],
    [
      'prototype as mm',
      '{"mms": {"__proto__": {}}}',
      "race.json: mms.__proto__: '__proto__' cannot be the name of an mm",
    ],
    ['NUL', '{"mms"\0: 1}', "race.json:1:7: not JSON: expected ':' after the key 'mms', found '\\u0000'"],
    ['NUL in a string', '{"a\0": 1}', 'race.json:1:4: not JSON: a control character in a string'],
    ['escape sequence', '{"\\u001b[2J": 1}', "race.json: '\\u001b[2J': unknown key '\\u001b[2J'"],
    [
      'long key',
      `{"${'k'.repeat(5000)}": 1}`,
      `race.json: '${'k'.repeat(60)}...': unknown key '${'k'.repeat(60)}...'`,
    ],
    ['deep', '['.repeat(1_000_000), 'race.json:1:66: not JSON: nested deeper than 64'],
    [
      'trailing comma',
      '{"mms": {},}',
      "race.json:1:12: not JSON: expected a key in double quotes, found '}'",
    ],
    ['comment', '// hello', "race.json:1:1: not JSON: expected a value, found '/'"],
    ['more text', '{} {}', "race.json:1:4: not JSON: more text after the end of the value: '{'"],
    ['NaN', '{"config": NaN}', "race.json:1:12: not JSON: expected a value, found 'N'"],
    ['leading zero', '[01]', "race.json:1:3: not JSON: expected ',' or ']', found '1'"],
  ])('%s', (_, text, line) => {
    expect(answer(text).startsWith(line)).toBe(true);
    expect(answer(text)).not.toMatch(/[^\x20-\x7e]/);
  });

  test('huge numbers and negative zero are no index', () => {
    const file = (n: string) => `{"mms": {"A": {}}, "threads": [{"mm": "A", "run": "exit", "slot": ${n}}]}`;
    expect(answer(file('1e999'))).toBe(
      'race.json: threads[0].slot: Infinity is not a whole number from 0 to 0',
    );
    expect(Object.is(readScenario(file('-0'), 'x').threads[0]?.slot, 0)).toBe(true);
  });
});
