import { describe, expect, test } from 'vitest';
import { explore, exploreInTurns } from '../../explorer/search/explore.ts';
import { increment } from '../classics/increment.ts';
import { mcsLock } from '../classics/mcs-lock.ts';
import { petersonN } from '../classics/peterson-n.ts';

const verdicts = (o: ReturnType<typeof explore>): string[] => o.findings.map((f) => f.verdict);

describe('a bound ends a search, and what is not violated is then unknown', () => {
  test('states: cut at the last complete level', () => {
    const whole = explore(mcsLock(3), { reduce: 'none' });
    for (const maxStates of [1, 2, 10, 1000, 7596]) {
      const cut = explore(mcsLock(3), { reduce: 'none', maxStates });
      expect(cut).toMatchObject({ reason: 'max-states', exhaustive: false });
      expect(cut.states).toBeLessThanOrEqual(maxStates);
      const same = explore(mcsLock(3), { reduce: 'none', maxDepth: cut.depth });
      expect([same.states, same.transitions, same.depth]).toEqual([cut.states, cut.transitions, cut.depth]);
      expect(verdicts(cut)).toEqual(['unknown']);
    }
    expect(explore(mcsLock(3), { reduce: 'none', maxStates: whole.states })).toMatchObject({
      exhaustive: true,
      reason: null,
    });
  });

  test('depth: runs of that length are judged', () => {
    expect(explore(increment(2), { maxDepth: 3 })).toMatchObject({ reason: 'max-depth', depth: 3 });
    expect(verdicts(explore(increment(2), { maxDepth: 3 }))).toEqual(['unknown']);
    expect(verdicts(explore(increment(3), { maxDepth: 4 }))).toEqual(['violated']);
    expect(explore(increment(2), { maxDepth: 4 })).toMatchObject({ exhaustive: true, reason: null });
    expect(explore(increment(2), { maxDepth: 0 })).toMatchObject({
      reason: 'max-depth',
      depth: 0,
      states: 1,
      transitions: 0,
    });
  });

  test('memory, time and an interrupt', () => {
    expect(explore(petersonN(3), { memory: 1000 })).toMatchObject({ reason: 'memory', exhaustive: false });
    expect(explore(petersonN(3), { timeout: 0 })).toMatchObject({ reason: 'timeout', exhaustive: false });
    expect(verdicts(explore(petersonN(3), { timeout: 0 }))).toEqual(['unknown']);
    const signal = AbortSignal.abort();
    expect(explore(petersonN(3), { signal })).toMatchObject({ reason: 'interrupted', exhaustive: false });
  });

  test('memory stays within its bound', () => {
    const memory = 4_000_000;
    const cut = explore(petersonN(5), { memory, reduce: 'none' });
    expect(cut.reason).toBe('memory');
    expect(cut.bytesPerState * cut.states).toBeLessThanOrEqual(memory);
    expect(cut.states).toBeGreaterThan(30_000);
  });

  test('a search in turns hears an abort', async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);
    const outcome = await exploreInTurns(petersonN(6), { signal: abort.signal, reduce: 'none' });
    expect(outcome.reason).toBe('interrupted');
  });

  test('first: ends after the level of the first violation', () => {
    expect(explore(increment(3), { first: true })).toMatchObject({
      reason: 'first',
      exhaustive: false,
      depth: 4,
    });
    expect(verdicts(explore(increment(3), { first: true }))).toEqual(['violated']);
    expect(explore(mcsLock(2), { first: true })).toMatchObject({ reason: null, exhaustive: true });
  });
});
