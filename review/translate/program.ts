import type { Symbols } from '../conditionals/symbols.ts';
import type { PatchedLine } from '../diff/patch.ts';
import { PatchError, type PatchReason } from '../patch-error.ts';
import type { ParsedUnit } from '../syntax/parsed-unit.ts';
import type { At, FunctionTree } from '../syntax/tree.ts';
import type { Code } from './code/code.ts';

/** What is translated: the functions of a patch, in one configuration. */
export interface Program {
  /** The name of the file that was given. */
  readonly name: string;
  readonly functions: ReadonlyMap<string, FunctionTree>;
  /** Functions of which the patch shows a part, and the model has the rest. */
  readonly partial: ReadonlyMap<string, Partly>;
  readonly symbols: Symbols;
  /** The line of the comment before a statement; null if there is none. */
  readonly commentAt: (at: At) => number | null;
}

/** A function of which the model has what the patch does not show. */
export interface Partly {
  readonly parameters: readonly string[];
  readonly lower: (program: Program) => Code;
}

/** The whole functions among the units of a patch. */
export const programOf = (name: string, units: readonly ParsedUnit[], symbols: Symbols): Program => ({
  name,
  functions: new Map(
    units.flatMap(({ unit, tree, error }) => {
      if (unit.kind !== 'function' || !tree) return [];
      if (error) {
        const hint = 'the code does not compile, or uses a form that is not known';
        throw complaint(name, 'syntax', error, 'the text is not C here', hint);
      }
      return [[tree.name, tree] as const];
    }),
  ),
  partial: new Map(),
  symbols,
  commentAt: commentsOf(units),
});

/** An error at a place of the text. */
export const complaint = (
  name: string,
  reason: PatchReason,
  at: At,
  what: string,
  hint: string,
): PatchError =>
  new PatchError(
    reason,
    { name: at.patch ?? name, mailLine: at.mailLine, file: at.file, fileLine: at.fileLine },
    what,
    hint,
  );

/** The comment that ends on the line above, but for empty lines: it speaks of the statement that begins here. */
function commentsOf(units: readonly ParsedUnit[]): Program['commentAt'] {
  return ({ file, fileLine }) => {
    for (const { unit } of units) {
      const row = unit.file === file ? unit.lines.findIndex((line) => line.fileLine === fileLine) : -1;
      if (row >= 0) return commentAbove(unit.lines, row);
    }
    return null;
  };
}

function commentAbove(lines: readonly PatchedLine[], row: number): number | null {
  const text = (n: number): string => lines[n]?.text.trim() ?? '';
  let end = row - 1;
  while (end >= 0 && text(end) === '') end--;
  if (!text(end).endsWith('*/')) return null;
  let start = end;
  while (start >= 0 && !text(start).includes('/*')) start--;
  return text(start).startsWith('/*') ? (lines[start]?.fileLine ?? null) : null;
}
