import { expect, test } from 'vitest';
import { check } from '../../checking/check.ts';
import { madeEngine, request, violated } from './made-engine.ts';

test('a result for each property, in the order asked for', () => {
  const heard: string[] = [];
  const engine = madeEngine([{ check: 'b' }, violated('a')]);
  const [one] = check(request(['a', 'b']), engine, {
    started: (scenario, i) => heard.push(`${i} ${scenario.name}`),
    finished: (result) => heard.push(result.results.map((r) => `${r.property} ${r.verdict}`).join(', ')),
  });
  expect(heard).toEqual(['0 one write-fault in each of A and B', 'a violated, b holds']);
  expect(one?.results[0]?.trace?.steps).toHaveLength(8);
  expect(one?.results[1]).toMatchObject({
    scenario: 'one write-fault in each of A and B',
    trace: null,
    states: 10,
    bounds: { maxStates: null, reduce: 'all', first: false },
    threads: [{ id: 'A/0', run: 'write-fault' }, { id: 'B/0' }],
    config: { debugVm: true },
  });
});

test('after an interrupt the scenarios that are left are unknown, and nothing of them is begun', () => {
  const seen: string[] = [];
  let aborted = false;
  const signal = {
    get aborted() {
      return aborted;
    },
  };
  const asked = { ...request(['a'], 3), options: { signal } };
  const results = check(asked, madeEngine([{ check: 'a' }], {}, seen), {
    finished: () => {
      aborted = true;
    },
  });
  expect(seen).toHaveLength(1);
  expect(results.map((s) => [s.results[0]?.verdict, s.results[0]?.reason])).toEqual([
    ['holds', null],
    ['unknown', 'interrupted'],
    ['unknown', 'interrupted'],
  ]);
});

test('with the option first nothing is begun after a violation', () => {
  const asked = { ...request(['a'], 3), options: { first: true } };
  expect(check(asked, madeEngine([violated('a')]))).toHaveLength(1);
  expect(check(asked, madeEngine([{ check: 'a' }]))).toHaveLength(3);
});

test('a search that forgets a property is not believed', () => {
  expect(() => check(request(['a', 'b']), madeEngine([{ check: 'a' }]))).toThrow(/no verdict on b/);
});

test('traces of deadlocks are shown whole', () => {
  const [one] = check(request(['a', 'deadlock']), madeEngine([{ check: 'a' }, violated('deadlock')]));
  expect(one?.whole).toEqual(['deadlock']);
});
