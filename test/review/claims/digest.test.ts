import { describe, expect, it } from 'vitest';
import { asks, digestOf, wordsOf } from '../../../review/claims/digest.ts';

const written = `/*
	 * Hold the lock, then
	 * count * 2 (see below).
	 */`;
const archived = `/*
* Hold the lock, then
* count * 2 (see below).
*/`;

describe('the words of a comment', () => {
  it('are those between its delimiters', () => {
    expect(wordsOf(written)).toBe('Hold the lock, then count * 2 (see below).');
    expect(wordsOf('/** one line **/')).toBe('one line');
    expect(wordsOf('// one line')).toBe('one line');
  });

  it('do not depend on white space', () => {
    expect(digestOf(archived)).toBe(digestOf(written));
    expect(digestOf('/* Hold the lock, then count * 2 (see below). */')).toBe(digestOf(written));
  });

  it('do depend on every word', () => {
    expect(digestOf(written.replace('then', 'and'))).not.toBe(digestOf(written));
  });

  it('tell a question', () => {
    expect(asks('/* Flush here?\n * Or there. */')).toBe(true);
    expect(asks(written)).toBe(false);
  });
});
