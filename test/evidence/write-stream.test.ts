import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Stopped, writeStream } from '../../evidence/write-stream.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'cowpte-stream-'));

function* lines(count: number): Generator<string> {
  for (let n = 0; n < count; n++) yield `line ${n}\n`;
}

test('a text of any length arrives whole and in order', async () => {
  const path = join(folder(), 'out');
  await writeStream(path, lines(200_000));
  expect(readFileSync(path, 'utf8')).toBe([...lines(200_000)].join(''));
  await writeStream(path, []);
  expect(readFileSync(path, 'utf8')).toBe('');
});

test('a text that breaks off leaves what was there', async () => {
  const at = folder();
  const path = join(at, 'out');
  writeFileSync(path, 'before');
  function* broken(): Generator<string> {
    yield* lines(100_000);
    throw new RangeError('no more');
  }
  await expect(writeStream(path, broken())).rejects.toThrow('no more');
  expect([readFileSync(path, 'utf8'), readdirSync(at)]).toEqual(['before', ['out']]);
});

test('it is made no faster than it is taken, and can be stopped', async () => {
  const at = folder();
  let made = 0;
  function* counted(): Generator<string> {
    for (;;) {
      made++;
      yield 'x'.repeat(1000);
    }
  }
  await expect(writeStream(join(at, 'out'), counted(), () => made > 5000)).rejects.toThrow(Stopped);
  expect([made < 10_000, readdirSync(at)]).toEqual([true, []]);
});

test('a folder that is not there', async () => {
  const path = join(folder(), 'no', 'out');
  await expect(writeStream(path, lines(1))).rejects.toThrow('ENOENT');
  expect(existsSync(path)).toBe(false);
});
