import type { ProgramThread } from '../../explorer/program/program.ts';
import type { Dialect } from '../plan/expression-text.ts';
import type { MurphiContext } from './context.ts';

/** Murphi's operators: truth is a type of its own. */
export const operators = {
  integer: (value) => (value < 0 ? `(${value})` : String(value)),
  truth: (value) => String(value),
  not: (a) => `!${a.startsWith('(') ? a : `(${a})`}`,
  both: (a, b) => `(${a} & ${b})`,
  either: (a, b) => `(${a} | ${b})`,
  compare: (op, a, b) => `(${a} ${op === '==' ? '=' : op} ${b})`,
  arithmetic: (op, a, b) => `(${a} ${op} ${b})`,
  negative: (a) => `(0 - ${a})`,
  choose: (test, then, otherwise) => `(${test} ? ${then} : ${otherwise})`,
  isTrue: (value) => `(${value} != 0)`,
  asNumber: (truth) => `(${truth} ? 1 : 0)`,
} satisfies Partial<Dialect>;

/** Murphi's expressions: an array has one index and may hold arrays. */
export function dialectOf(context: MurphiContext, thread: ProgramThread | null): Dialect {
  return {
    ...operators,
    shared: (read, indices) => `${context.shared.get(read.name)}${indices.map((i) => `[${i}]`).join('')}`,
    local: (name) =>
      context.scratch.get(name) ?? context.threads[thread!.number]!.locals.get(name) ?? missing(name),
    ended: (other) =>
      atText(
        context,
        other,
        context.plan.program.threads[other]!.places.filter((p) => p.final === 'ended').map((p) => p.number),
      ),
  };
}

function missing(name: string): never {
  throw new ReferenceError(`unknown local '${name}'`);
}

/** Truth: the thread is at one of these places. */
export function atText(context: MurphiContext, thread: number, places: readonly number[]): string {
  const { at, places: names } = context.threads[thread]!;
  return places.length === 0 ? 'false' : `(${places.map((p) => `${at} = ${names[p]}`).join(' | ')})`;
}
