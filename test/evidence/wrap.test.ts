import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ascii } from '../../evidence/ascii.ts';
import { command } from '../../evidence/shell.ts';
import { wrap } from '../../evidence/wrap.ts';

test('lines break at blanks, long words anywhere', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrap('one abcdefghijklmno', 10, 2)).toEqual(['one', '  abcdefgh', '  ijklmno']);
  expect(wrap('', 10)).toEqual(['']);
});

test('nothing is lost and no line is too long', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[!-~]{1,30}$/)),
      fc.integer({ min: 10, max: 40 }),
      (words, width) => {
        const lines = wrap(words.join(' '), width, 2);
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
        expect(lines.join('').replaceAll(' ', '')).toBe(words.join(''));
      },
    ),
  );
});

test('ascii', () => {
  expect(ascii('a\u001b[31m\n\tb\u202e')).toBe('a?[31m b?');
  expect(ascii('x'.repeat(10_000))).toHaveLength(200);
});

test('a command survives being pasted', () => {
  expect(command(['npx', 'cowpte', 'replay', "it's here.json"], 70)).toEqual([
    `npx cowpte replay 'it'\\''s here.json'`,
  ]);
  expect(command(['npx', 'cowpte', 'replay', 'out/traces/a-long-name.right-lock.json'], 30)).toEqual([
    'npx cowpte replay \\',
    '  out/traces/a-long-name.\\',
    'right-lock.json',
  ]);
});
