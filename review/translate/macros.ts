import { quoted } from '../../model/scenarios/quoted.ts';
import { PatchError } from '../patch-error.ts';
import type { ParsedUnit } from '../syntax/parsed-unit.ts';
import { constant, constantNumber } from './constants.ts';
import { knownCalls } from './primitives.ts';

const definition = /^\s*#\s*define\s+(\w+)(.*)$/;
const calls: ReadonlySet<string> = new Set(knownCalls);

/**
 * Macros are not expanded, so a definition is refused where it would matter: a number of the model with another value, a call that
 * the model has in its own words. The definition of a number with the value that the model has says nothing new. Any other macro
 * that is needed is an unknown name or call where it is used.
 */
export function demandKnownMacros(units: readonly ParsedUnit[]): void {
  for (const { unit } of units) {
    for (const line of unit.lines) {
      const [, name, rest] = definition.exec(line.text) ?? [];
      if (name === undefined || rest === undefined) continue;
      const number = constantNumber(name);
      // A whole file has the kernel's own definitions of masks, sizes and calls.
      const isNew = line.added && (constant(name) !== undefined || calls.has(name));
      if (number === undefined ? !isNew : numberOf(rest) === number) continue;
      const ours = number === undefined ? '' : ` as ${number}`;
      throw new PatchError(
        'value',
        { name: unit.patch, mailLine: line.mailLine, file: unit.file, fileLine: line.fileLine },
        `the text defines ${quoted(name)} anew; the model has it${ours}`,
        'macros are not expanded: keep the value, or give what differs another name',
      );
    }
  }
}

/** The value of a decimal or hexadecimal number, or of one shifted by another; NaN for anything else. */
function numberOf(text: string): number {
  const plain = text.replace(/\/\*.*?\*\/|\/\/.*$/g, '').trim();
  const inner = /^\((.*)\)$/.exec(plain)?.[1] ?? plain;
  const [, value, shift] =
    /^\s*(0[xX][\da-fA-F]+|0|[1-9]\d*)[uUlL]*(?:\s*<<\s*(0|[1-9]\d*)[uUlL]*)?\s*$/.exec(inner) ?? [];
  return value === undefined ? Number.NaN : Number(value) * 2 ** Number(shift ?? 0);
}
