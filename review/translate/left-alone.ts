import type { ParsedUnit } from '../syntax/parsed-unit.ts';
import { clearingCalls } from './code/zap-entry.ts';

const words = (line: string): string => line.replace(/\s+/g, ' ').replace(/[{}]/g, '').trim();
const isCode = (line: string): boolean => words(line) !== '' && !/^\s*(?:\/?\*|\/\/)/.test(line);

/**
 * Functions of which the patch shows a part and takes statements away for good: what is added to them is run, what stood round it
 * is the model's, with those statements in it. A line that comes again, in another place or with a brace, is not taken away.
 */
export function keptAgainstText(units: readonly ParsedUnit[]): readonly string[] {
  const names = units.flatMap(({ unit }) => {
    if (unit.kind !== 'fragment' || unit.name === null) return [];
    const shown = new Set(unit.lines.map((line) => words(line.text)));
    const gone = unit.removed.filter(
      (line) => isCode(line) && !shown.has(words(line)) && !clearingCalls.some((call) => line.includes(call)),
    );
    return gone.length > 0 ? [unit.name] : [];
  });
  return [...new Set(names)];
}

/** Whether a part of a function that begins or ends in the middle of a statement holds code that the patch changes. */
export const changesCode = ({ unit }: ParsedUnit): boolean =>
  unit.removed.some(isCode) || unit.lines.some(({ added, text }) => added && isCode(text));
