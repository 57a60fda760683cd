import type { PatchedLine } from '../diff/patch.ts';
import { PatchError, type PatchPlace } from '../patch-error.ts';
import { evaluateCondition } from './condition.ts';
import { mask } from './mask.ts';
import type { Symbols } from './symbols.ts';

/** The lines of a hunk in one configuration. */
export interface Evaluated {
  /** As many as before: what is left out, and each conditional directive, is an empty line. */
  readonly lines: readonly PatchedLine[];
  /** Lines of which it is not known whether they are compiled: their `#if` is not in the patch. Left out as well. */
  readonly unknown: readonly PatchedLine[];
}

interface Level {
  /** This branch is compiled; one of the branches so far was. */
  active: boolean;
  taken: boolean;
  hasElse: boolean;
  readonly outer: boolean;
}

/**
 * Evaluates `#ifdef` and its like. A conditional that was opened above the hunk leaves its lines unknown, which is an error if
 * the patch adds any of them.
 */
export function evaluateConditionals(
  name: string,
  file: string,
  lines: readonly PatchedLine[],
  symbols: Symbols,
): Evaluated {
  const { directives } = mask(name, file, lines);
  const placeOf = (line: PatchedLine): PatchPlace => ({
    name,
    mailLine: line.mailLine,
    file,
    fileLine: line.fileLine,
  });
  const levels: Level[] = [];
  const kept = [...lines];
  const active = (): boolean => levels.every((level) => level.active);
  let unknownBefore = 0;
  let openElse = false;
  for (const [row, line] of lines.entries()) {
    const directive = /^#\s*(if|ifdef|ifndef|elif|else|endif)\b(.*)$/.exec(directives.get(row) ?? '');
    if (!directive) {
      if (!active()) kept[row] = { ...line, text: '' };
      continue;
    }
    kept[row] = { ...line, text: '' };
    const [, word, rest] = directive as unknown as [string, string, string];
    const place = placeOf(line);
    if (line.text.endsWith('\\')) {
      throw new PatchError('conditional', place, 'a condition over several lines', 'write it on one line');
    }
    const value = (condition: string): boolean => evaluateCondition(condition, symbols, place) !== 0;
    const top = levels.at(-1);
    if (word.startsWith('if')) {
      const outer = active();
      const text = word === 'if' ? rest : `${word === 'ifndef' ? '!' : ''}defined(${rest.trim()})`;
      const isTrue = outer && value(text);
      levels.push({ active: isTrue, taken: isTrue, hasElse: false, outer });
    } else if (!top) {
      unknownBefore = row;
      openElse = word !== 'endif';
    } else if (word === 'endif') levels.pop();
    else {
      if (top.hasElse) {
        throw new PatchError('conditional', place, `#${word} behind #else`, 'a line was lost on the way');
      }
      top.active = top.outer && !top.taken && (word === 'else' || value(rest));
      top.taken ||= top.active;
      top.hasElse = word === 'else';
    }
  }
  // An #else without its #if leaves what follows unknown too, to the end of the hunk.
  const until = openElse ? lines.length : unknownBefore;
  const unknown = lines.slice(0, until).filter((_, row) => !directives.has(row));
  const added = unknown.find((line) => line.added && line.text.trim() !== '');
  if (added) {
    const hint = 'give the C file itself, or a diff with more context (git diff -U20)';
    throw new PatchError(
      'conditional',
      placeOf(added),
      'the #if that this line depends on is not in the patch',
      hint,
    );
  }
  for (let row = 0; row < until; row++) kept[row] = { ...lines[row]!, text: '' };
  return { lines: kept, unknown };
}
