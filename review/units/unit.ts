import type { PatchedLine } from '../diff/patch.ts';

/**
 * A piece of C that can be looked at by itself. 'function': a whole one. 'fragment': statements of a function whose head is not
 * in the patch. 'prototype', 'declaration': of file scope. 'cut-off': begins or ends in the middle of a declaration or statement.
 */
export interface Unit {
  readonly kind: 'function' | 'fragment' | 'prototype' | 'declaration' | 'cut-off';
  /** The function, or what is declared; null where it cannot be said. */
  readonly name: string | null;
  readonly file: string;
  /** The name of the patch that was given. */
  readonly patch: string;
  /** What is missing of it. */
  readonly missing: 'nothing' | 'beginning' | 'end' | 'both';
  /** The patch adds lines to it, or takes some away. */
  readonly changed: boolean;
  readonly lines: readonly PatchedLine[];
  /** The text of the lines that the patch takes away from it. */
  readonly removed: readonly string[];
  /** Text to put before the first and behind the last line so that the unit is a whole function; '' where none is needed. */
  readonly before: string;
  readonly after: string;
}

/** The text to parse: its n-th line is the n-th line of the unit. */
export const unitText = ({ before, lines, after }: Unit): string =>
  `${before}${lines.map((line) => line.text).join('\n')}${after}\n`;
