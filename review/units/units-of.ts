import { evaluateConditionals } from '../conditionals/evaluate.ts';
import type { Symbols } from '../conditionals/symbols.ts';
import type { Patch } from '../diff/patch.ts';
import { splitHunk } from './split.ts';
import type { Unit } from './unit.ts';

const isC = (path: string): boolean => /\.[ch]$/.test(path);

/** The units of all C files of a patch in one configuration, in the order of the mail. */
export function unitsOf(patch: Patch, symbols: Symbols): readonly Unit[] {
  return patch.files
    .filter(({ path, deleted }) => isC(path) && !deleted)
    .flatMap(({ path, hunks }) =>
      hunks.flatMap((hunk) => {
        const { lines } = evaluateConditionals(patch.name, path, hunk.lines, symbols);
        return splitHunk(patch.name, path, hunk, lines).filter((unit) => unit.lines.length > 0);
      }),
    );
}
