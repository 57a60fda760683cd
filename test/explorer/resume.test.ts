import { existsSync, mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Checkpoints, OtherModel } from '../../explorer/checkpoint/checkpoints.ts';
import { DamagedFile, SealedFile, writeSealed } from '../../explorer/checkpoint/sealed-file.ts';
import type { Options } from '../../explorer/options.ts';
import type { Outcome } from '../../explorer/outcome.ts';
import { explore } from '../../explorer/search/explore.ts';
import { go } from '../../model/language/machine.ts';
import type { Check, System } from '../../model/language/system.ts';
import { algorithm, check, system, thread } from '../classics/build.ts';
import { increment } from '../classics/increment.ts';
import { mcsLock } from '../classics/mcs-lock.ts';
import { petersonN } from '../classics/peterson-n.ts';

const fresh = (): string => join(mkdtempSync(join(tmpdir(), 'cowpte-')), 'search');
const broken = (error: unknown): void => {
  throw error;
};
const at = (path: string, every = 1e9): Checkpoints =>
  new Checkpoints(path, every, existsSync(path) ? new SealedFile(path) : null, broken);

/** An interrupt at the n-th time that the search asks. */
const interruptAt = (n: number) => {
  let asked = 0;
  return {
    met: () => asked >= n,
    get aborted() {
      return ++asked >= n;
    },
  };
};

/** All but the time that it took. */
const told = (outcome: Outcome) => ({ ...outcome, seconds: 0 });

/** Stops a search at every moment at which it can be stopped and goes on; gives how many those were. */
function stopEverywhere(model: System, options: Partial<Options>): number {
  const whole = told(explore(model, options));
  for (let n = 1; ; n++) {
    const path = fresh();
    const signal = interruptAt(n);
    const cut = explore(model, { ...options, signal, checkpoints: at(path) });
    if (!signal.met()) {
      expect(told(cut)).toEqual(whole);
      return n - 1;
    }
    expect(told(explore(model, { ...options, checkpoints: at(path) }))).toEqual(whole);
  }
}

/** A section that a thread may stay in for ever beside a race: takes two searches. */
const twoSearches = system(
  'two searches',
  increment(2).shared,
  [
    ...increment(2).threads,
    thread(
      'round',
      algorithm('round', {
        entry: 'a',
        tags: { a: ['open'] },
        places: { a: [go('b')], b: [go('a'), go('ended')] },
      }),
      { me: 0 },
    ),
  ],
  [...increment(2).checks, check('leaves', { leaves: 'open' })],
);

describe('a search that was stopped and goes on is the search that was not stopped', () => {
  test.each<[string, System, Partial<Options>]>([
    ['violated', increment(3), {}],
    ['violated, exact counts', increment(3), { reduce: 'none' }],
    ['holds', petersonN(3), {}],
    ['first violation', increment(4), { first: true }],
    ['cut by depth', mcsLock(2), { maxDepth: 12 }],
    ['cut by states', mcsLock(2), { maxStates: 50, reduce: 'none' }],
    ['fingerprints', increment(3), { fingerprints: true, reduce: 'none' }],
    ['two searches', twoSearches, {}],
  ])('%s', (_, model, options) => {
    expect(stopEverywhere(model, options)).toBeGreaterThan(5);
  });

  test('stopped again and again', () => {
    const path = fresh();
    const whole = explore(mcsLock(3), { reduce: 'none' });
    let stops = 0;
    let outcome: Outcome;
    do outcome = explore(mcsLock(3), { reduce: 'none', checkpoints: at(path), signal: interruptAt(4) });
    while (outcome.reason === 'interrupted' && ++stops < 1000);
    expect(told(outcome)).toEqual(told(whole));
    expect(stops).toBeGreaterThan(10);
  });

  test('large: states in several chunks, written while the search goes on', () => {
    for (const fingerprints of [false, true]) {
      const path = fresh();
      const options = { reduce: 'none' as const, maxStates: 120_000, fingerprints };
      const whole = explore(petersonN(5), options);
      const cut = explore(petersonN(5), { ...options, signal: interruptAt(300), checkpoints: at(path, 0) });
      expect(cut).toMatchObject({ reason: 'interrupted' });
      expect(new SealedFile(path).words).toBeGreaterThan(3 * 16_384);
      expect(told(explore(petersonN(5), { ...options, checkpoints: at(path) }))).toEqual(told(whole));
    }
  });
});

const stuckAnywhere = (check: Check): Check => ({ ...check, deadlock: { onlyAt: null } });

describe('what does not fit is refused', () => {
  const path = fresh();
  explore(increment(3), { signal: interruptAt(3), checkpoints: at(path) });

  test.each<[string, System, Partial<Options>]>([
    ['another model', increment(4), {}],
    ['a deadlock to be judged', { ...increment(3), checks: increment(3).checks.map(stuckAnywhere) }, {}],
    ['other reductions', increment(3), { reduce: 'none' }],
    ['other bounds', increment(3), { maxStates: 100 }],
  ])('%s', (_, model, options) => {
    expect(() => explore(model, { ...options, checkpoints: at(path) })).toThrow(OtherModel);
  });

  test('more memory and more time are no other search', () => {
    expect(explore(increment(3), { memory: 2 ** 30, timeout: 60_000, checkpoints: at(path) })).toMatchObject({
      exhaustive: true,
    });
  });

  test('a file of which any byte is changed or missing', () => {
    const bytes = readFileSync(path);
    const other = fresh();
    for (let n = 0; n < bytes.length; n += 37) {
      const changed = Buffer.from(bytes);
      changed[n]! ^= 1;
      writeFileSync(other, changed);
      expect(() => new SealedFile(other)).toThrow(DamagedFile);
      writeFileSync(other, bytes);
      truncateSync(other, n);
      expect(() => new SealedFile(other)).toThrow(DamagedFile);
    }
    writeFileSync(other, Buffer.concat([bytes, Buffer.from('0')]));
    expect(() => new SealedFile(other)).toThrow(DamagedFile);
  });
});

describe('a file is written whole or not at all', () => {
  test('what was there before stays if writing fails on the way', () => {
    const path = fresh();
    writeSealed(path, { n: 1 }, []);
    function* failing(): Generator<Int32Array> {
      yield Int32Array.of(1);
      throw new Error('no space left');
    }
    expect(() => writeSealed(path, { n: 2 }, failing())).toThrow('no space left');
    expect(new SealedFile(path).head).toEqual({ n: 1 });
    expect(readdirSync(join(path, '..'))).toEqual(['search']);
  });

  test('a search goes on if nothing can be written, and says so', () => {
    const warned: unknown[] = [];
    const nowhere = new Checkpoints(join(fresh(), 'no', 'folder'), 0, null, (error) => warned.push(error));
    expect(explore(increment(3), { checkpoints: nowhere })).toMatchObject({ exhaustive: true });
    expect(warned.length).toBeGreaterThan(0);
  });

  test('words come back in pieces of any size', () => {
    const path = fresh();
    writeSealed(path, {}, [Int32Array.of(1, -2), new Int32Array(0), Int32Array.of(3)]);
    const { read, close } = new SealedFile(path).reader();
    const [a, b] = [new Int32Array(1), new Int32Array(2)];
    read(a);
    read(b);
    expect([...a, ...b]).toEqual([1, -2, 3]);
    expect(() => read(a)).not.toThrow();
    close();
  });
});
