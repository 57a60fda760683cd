import type { ProgramThread } from '../../explorer/program/program.ts';
import type { Expression } from '../../model/language/expression.ts';
import { type Dialect, truthText, valueText } from '../plan/expression-text.ts';
import { biasedExpression } from './biased.ts';
import { isArray, type PromelaContext } from './context.ts';

/** Promela's expressions are C's: truth is a number. Arrays have one index, so several are computed into one. */
export function dialectOf(context: PromelaContext, local: (name: string) => string): Dialect {
  const { plan, shared } = context;
  return {
    integer: (value) => (value < 0 ? `(${value})` : String(value)),
    truth: (value) => (value ? '1' : '0'),
    shared: (read, indices) => {
      const variable = plan.program.declared.get(read.name)!;
      const name = shared.get(read.name)!;
      if (!isArray(variable)) return name;
      const at = variable.over.reduce((text, domain, i) => {
        const index = indices[i]!;
        if (text === '') return index;
        if (/^\d+$/.test(text) && /^\d+$/.test(index))
          return String(Number(text) * domain.size + Number(index));
        return `${text} * ${domain.size} + ${index}`;
      }, '');
      return `${name}[${at}]`;
    },
    local,
    ended: (thread) => context.ended[thread]!,
    // Two exclamation marks are an operator of its own in Promela.
    not: (a) => (a.startsWith('(') ? `!${a}` : `!(${a})`),
    both: (a, b) => `(${a} && ${b})`,
    either: (a, b) => `(${a} || ${b})`,
    compare: (op, a, b) => `(${a} ${op} ${b})`,
    arithmetic: (op, a, b) => `(${a} ${op} ${b})`,
    negative: (a) => `(0 - ${a})`,
    choose: (test, then, otherwise) => `(${test} -> ${then} : ${otherwise})`,
    isTrue: (value) => value,
    asNumber: (truth) => truth,
  };
}

/** Texts of expressions of one thread, inside its own process. */
export class ThreadText {
  readonly context: PromelaContext;
  readonly thread: ProgramThread;
  readonly dialect: Dialect;

  constructor(context: PromelaContext, thread: ProgramThread) {
    this.context = context;
    this.thread = thread;
    this.dialect = dialectOf(
      context,
      (name) => context.scratch.get(name) ?? context.locals[thread.number]!.get(name)!,
    );
  }

  truth(e: Expression): string {
    return truthText(biasedExpression(e, this.context.bias(this.thread)), this.thread.scope, this.dialect);
  }

  /** Of an expression that holds stored numbers already. */
  raw(e: Expression): string {
    return valueText(e, this.thread.scope, this.dialect);
  }

  rawTruth(e: Expression): string {
    return truthText(e, this.thread.scope, this.dialect);
  }
}
