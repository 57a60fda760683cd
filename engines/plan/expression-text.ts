import type { Binary, Expression, SharedRead } from '../../model/language/expression.ts';
import type { Scope } from '../../model/language/interpreter.ts';

type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';
type Arithmetic = '+' | '-' | '*' | '%';

/**
 * How a language writes what an expression can say. Murphi and TLA+ tell truth values from numbers, so there are words to
 * go from one to the other. Every text that is given or taken stands by itself: a name, a number, or something in brackets.
 */
export interface Dialect {
  readonly integer: (value: number) => string;
  readonly truth: (value: boolean) => string;
  readonly shared: (read: SharedRead, indices: readonly string[]) => string;
  readonly local: (name: string) => string;
  /** Truth: a thread has ended. */
  readonly ended: (thread: number) => string;
  readonly not: (a: string) => string;
  readonly both: (a: string, b: string) => string;
  readonly either: (a: string, b: string) => string;
  readonly compare: (op: Comparison, a: string, b: string) => string;
  readonly arithmetic: (op: Arithmetic, a: string, b: string) => string;
  readonly negative: (a: string) => string;
  readonly choose: (test: string, then: string, otherwise: string) => string;
  /** From a number to the truth that it stands for, and back. */
  readonly isTrue: (value: string) => string;
  readonly asNumber: (truth: string) => string;
}

/** What puts truth values together. */
export type Junctions = Pick<Dialect, 'truth' | 'not' | 'both' | 'either' | 'ended'>;

const isComparison = (op: Binary['op']): op is Comparison => ['==', '!=', '<', '<=', '>', '>='].includes(op);

/** The text of a folded expression as a number. */
export function valueText(e: Expression, scope: Scope, d: Dialect): string {
  switch (e.k) {
    case 'literal':
      return d.integer(e.value);
    case 'local':
      return d.local(e.name);
    case 'shared':
      return d.shared(
        e,
        e.at.map((i) => valueText(i, scope, d)),
      );
    case 'unary':
      if (e.op === '-') return d.negative(valueText(e.a, scope, d));
      break;
    case 'binary': {
      const { op } = e;
      if (op === '+' || op === '-' || op === '*' || op === '%')
        return d.arithmetic(op, valueText(e.a, scope, d), valueText(e.b, scope, d));
      break;
    }
    case 'conditional':
      return d.choose(
        truthText(e.test, scope, d),
        valueText(e.then, scope, d),
        valueText(e.otherwise, scope, d),
      );
    case 'parameter':
      throw new ReferenceError(`parameter '${e.name}' was not folded`);
    case 'ended':
      break;
  }
  return d.asNumber(truthText(e, scope, d));
}

/** The text of a folded expression as a truth value: is it not 0? */
export function truthText(e: Expression, scope: Scope, d: Dialect): string {
  switch (e.k) {
    case 'literal':
      return d.truth(e.value !== 0);
    case 'unary':
      if (e.op === '!') return d.not(truthText(e.a, scope, d));
      break;
    case 'binary': {
      if (e.op === '&&') return d.both(truthText(e.a, scope, d), truthText(e.b, scope, d));
      if (e.op === '||') return d.either(truthText(e.a, scope, d), truthText(e.b, scope, d));
      if (isComparison(e.op)) return d.compare(e.op, valueText(e.a, scope, d), valueText(e.b, scope, d));
      break;
    }
    case 'conditional':
      // Not as (test and then) or (not test and otherwise): the test would stand twice.
      return d.isTrue(valueText(e, scope, d));
    case 'ended':
      return endedText(scope.groups[e.group]!, d);
    default:
      break;
  }
  return d.isTrue(valueText(e, scope, d));
}

/** All threads of the list have ended. */
export const endedText = (threads: readonly number[], d: Dialect): string =>
  allText(
    threads.map((t) => d.ended(t)),
    d,
  );

export const allText = (texts: readonly string[], d: Junctions): string =>
  texts.length === 0 ? d.truth(true) : texts.reduce((a, b) => d.both(a, b));

export const anyText = (texts: readonly string[], d: Junctions): string =>
  texts.length === 0 ? d.truth(false) : texts.reduce((a, b) => d.either(a, b));
