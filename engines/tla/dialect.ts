import type { ProgramThread } from '../../explorer/program/program.ts';
import type { SharedRead } from '../../model/language/expression.ts';
import type { Dialect } from '../plan/expression-text.ts';
import type { TlaContext } from './context.ts';

/** The text of a variable as it is now: by itself, primed, or a value of a LET. */
export type Current = (variable: string) => string;

const unprimed: Current = (variable) => variable;
export const primed: Current = (variable) => `${variable}'`;

const comparisons = { '==': '=', '!=': '#', '<': '<', '<=': '<=', '>': '>', '>=': '>=' } as const;

/** TLA+'s expressions: truth is no number; a function of several arguments is applied to all at once. */
export function dialectOf(
  context: TlaContext,
  thread: ProgramThread | null,
  current: Current = unprimed,
): Dialect {
  return {
    integer: (value) => (value < 0 ? `(${value})` : String(value)),
    truth: (value) => (value ? 'TRUE' : 'FALSE'),
    shared: (read: SharedRead, indices) => {
      const name = current(context.shared.get(read.name)!);
      return indices.length === 0 ? name : `${name}[${indices.join(', ')}]`;
    },
    local: (name) => current(context.threads[thread!.number]!.locals.get(name) ?? name),
    ended: (other) =>
      atText(
        context,
        other,
        context.plan.program.threads[other]!.places.filter((p) => p.final === 'ended').map((p) => p.number),
      ),
    not: (a) => `~${a}`,
    both: (a, b) => `(${a} /\\ ${b})`,
    either: (a, b) => `(${a} \\/ ${b})`,
    compare: (op, a, b) => `(${a} ${comparisons[op]} ${b})`,
    // The remainder of the language has the sign of the dividend, that of TLA+ is never negative.
    arithmetic: (op, a, b) => (op === '%' ? `Rem(${a}, ${b})` : `(${a} ${op} ${b})`),
    negative: (a) => `(0 - ${a})`,
    choose: (test, then, otherwise) => `(IF ${test} THEN ${then} ELSE ${otherwise})`,
    isTrue: (value) => `(${value} # 0)`,
    asNumber: (truth) => `(IF ${truth} THEN 1 ELSE 0)`,
  };
}

/** The name of a place, as the value of the variable that tells where a thread is. */
export const placeText = (name: string): string => `"${name.replace(/[^ !#-[\]-~]/g, '?')}"`;

/** Truth: the thread is at one of these places. */
export function atText(context: TlaContext, thread: number, places: readonly number[]): string {
  const { at } = context.threads[thread]!;
  const all = places.map((p) => placeText(context.plan.program.threads[thread]!.places[p]!.name));
  if (all.length === 1) return `(${at} = ${all[0]})`;
  return all.length === 0 ? 'FALSE' : `(${at} \\in {${all.join(', ')}})`;
}
