import { describe, expect, test } from 'vitest';
import { everMembers, forkTargets } from '../../model/scenarios/fork-targets.ts';
import { InputError } from '../../model/scenarios/input-error.ts';
import { readScenario } from '../../model/scenarios/read.ts';

type Thread = Readonly<Record<string, unknown>>;
const fork = (mm: string): Thread => ({ mm, run: 'fork' });
const file = (children: readonly string[], threads: readonly Thread[], config: object = {}) => ({
  name: 'forks',
  mms: { A: {}, ...Object.fromEntries(children.map((mm) => [mm, { member: false }])) },
  threads,
  config,
});
const read = (given: object) => readScenario(JSON.stringify(given), 'forks.json');

function answer(given: object): string {
  try {
    read(given);
  } catch (error) {
    if (error instanceof InputError) return error.line;
    throw error;
  }
  return '(accepted)';
}

describe('whom a fork makes a member', () => {
  test('the n-th fork takes the n-th mm that is none', () => {
    const { mms, threads } = read(file(['C', 'D'], [fork('A'), { mm: 'A', run: 'write-fault' }, fork('C')]));
    expect(forkTargets(mms, threads)).toEqual(['C', null, 'D']);
    expect([...everMembers(mms, threads)]).toEqual(['A', 'C', 'D']);
  });

  test('tasks of a child wait for the fork, its exit for its tasks, others for nobody', () => {
    const runs = ['write-fault', 'exit', 'rmap-walk', 'truncate', 'speculative-ref'];
    const { threads } = read(file(['C'], [fork('A'), ...runs.map((run) => ({ mm: 'C', run }))]));
    expect(threads.map((t) => t.after)).toEqual([null, 'fork', 'own', null, null, null]);
  });
});

describe('a fork that cannot be is refused', () => {
  test.each<[string, object, string]>([
    [
      'more forks than children',
      file(['C'], [fork('A'), fork('A')]),
      'threads[1]: no mm is left to fork into; each fork takes the next mm with "member": false',
    ],
    [
      'a child without a fork',
      file(['C', 'D'], [fork('A'), { mm: 'D', run: 'rmap-walk' }]),
      'threads[1]: would never start: no thread forks into mm D',
    ],
    [
      'a fork into itself',
      file(['C'], [fork('C')]),
      'threads[0]: would never start: no thread forks into mm C',
    ],
    [
      'two that wait for each other',
      file(['C', 'D'], [fork('D'), fork('C')]),
      'threads[0]: would never start: no thread forks into mm D',
    ],
    [
      'a member that waits for a fork',
      file(['C'], [fork('A'), { mm: 'A', run: 'write-fault', after: 'fork' }]),
      'threads[1]: would never start: no thread forks into mm A',
    ],
  ])('%s', (_, given, line) => {
    expect(answer(given)).toBe(`forks.json: ${line}`);
  });
});
