import type { Symbols } from '../conditionals/symbols.ts';
import { PatchError, type PatchReason } from '../patch-error.ts';
import type { ParsedUnit } from '../syntax/parsed-unit.ts';
import type { At, FunctionTree } from '../syntax/tree.ts';

/** What is translated: the functions of a patch, in one configuration. */
export interface Program {
  /** The name of the file that was given. */
  readonly name: string;
  readonly functions: ReadonlyMap<string, FunctionTree>;
  readonly symbols: Symbols;
  /** The line of the comment before a statement; null if there is none. */
  readonly commentAt: (at: At) => number | null;
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
  new PatchError(reason, { name, mailLine: at.mailLine, file: at.file, fileLine: at.fileLine }, what, hint);

/** Looks comments up in the units of functions, in each when it is first asked for. */
function commentsOf(units: readonly ParsedUnit[]): Program['commentAt'] {
  const functions = units.filter(({ unit, tree }) => unit.kind !== 'cut-off' && tree !== null);
  return ({ file, fileLine }) => {
    const found = functions.find(({ unit: { file: of, lines } }) => {
      const [first, last] = [lines[0]!.fileLine, lines.at(-1)!.fileLine];
      return of === file && first <= fileLine && fileLine <= last;
    });
    const statement = found?.statements.findLast(
      ({ at, comments }) => at.fileLine === fileLine && comments.length > 0,
    );
    return statement?.comments.at(-1)?.at.fileLine ?? null;
  };
}
