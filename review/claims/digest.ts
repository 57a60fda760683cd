import { createHash } from 'node:crypto';

/** Hexadecimal digits of a digest: enough that no two comments of a kernel tree meet. */
const DIGITS = 12;

/**
 * The words of a comment, without its delimiters, its stars at the beginnings of lines and its white space: what an archive does to
 * a mail leaves them alone.
 */
export function wordsOf(comment: string): string {
  return comment
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\/\*+|\*(?!\/))?/, '').replace(/\*+\/\s*$/, ''))
    .join(' ')
    .replace(/^\s*\/\//, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** What a comment is known by. */
export const digestOf = (comment: string): string =>
  createHash('sha256').update(wordsOf(comment)).digest('hex').slice(0, DIGITS);

/** Does the comment end with, or contain, a question of its author? */
export const asks = (comment: string): boolean => wordsOf(comment).includes('?');
