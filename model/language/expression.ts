/**
 * Expressions over constants of a thread, its locals and shared variables. They are plain data: XState runs them through
 * the interpreter, the compiler turns them into code, and a reduction reads from them which locations a step touches.
 * All values are integers; a truth value is 0 or 1; "no element" of an optional domain is NONE.
 */
export type Expression = Literal | Parameter | LocalRead | SharedRead | Unary | Binary | Conditional | Ended;

export interface Literal {
  readonly k: 'literal';
  readonly value: number;
}
/** A constant of the thread that runs the machine (its mm, its own number, ...). */
export interface Parameter {
  readonly k: 'parameter';
  readonly name: string;
}
export interface LocalRead {
  readonly k: 'local';
  readonly name: string;
}
export interface SharedRead {
  readonly k: 'shared';
  readonly name: string;
  readonly at: readonly Expression[];
}
export interface Unary {
  readonly k: 'unary';
  readonly op: '!' | '-';
  readonly a: Expression;
}
export type BinaryOperator = '+' | '-' | '*' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '&&' | '||';
export interface Binary {
  readonly k: 'binary';
  readonly op: BinaryOperator;
  readonly a: Expression;
  readonly b: Expression;
}
export interface Conditional {
  readonly k: 'conditional';
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}
/** True once every thread of the named group (a list of thread numbers bound when the system is put together) has ended. */
export interface Ended {
  readonly k: 'ended';
  readonly group: string;
}

/** What the constructors accept: a number or a truth value stands for its literal. */
export type Operand = Expression | number | boolean;

/** The value of an optional member of a domain that names no element. */
export const NONE = -1;

export const literal = (value: number | boolean): Literal => ({ k: 'literal', value: Number(value) });
export const parameter = (name: string): Parameter => ({ k: 'parameter', name });
export const ended = (group: string): Ended => ({ k: 'ended', group });

/** Turns an operand into an expression. */
export function expression(operand: Operand): Expression {
  return typeof operand === 'object' ? operand : literal(operand);
}

/** The value of a binary operator on two integers; shared by constant folding and the interpreter. */
export function compute(op: BinaryOperator, a: number, b: number): number {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '%':
      return a % b;
    case '==':
      return Number(a === b);
    case '!=':
      return Number(a !== b);
    case '<':
      return Number(a < b);
    case '<=':
      return Number(a <= b);
    case '>':
      return Number(a > b);
    case '>=':
      return Number(a >= b);
    case '&&':
      return Number(a !== 0 && b !== 0);
    case '||':
      return Number(a !== 0 || b !== 0);
  }
}

function binary(op: BinaryOperator, left: Operand, right: Operand): Expression {
  const a = expression(left);
  const b = expression(right);
  if (a.k === 'literal' && b.k === 'literal') return literal(compute(op, a.value, b.value));
  if (op === '&&') {
    if (a.k === 'literal') return a.value === 0 ? literal(0) : b;
    if (b.k === 'literal' && b.value !== 0) return a;
  }
  if (op === '||') {
    if (a.k === 'literal') return a.value !== 0 ? literal(1) : b;
    if (b.k === 'literal' && b.value === 0) return a;
  }
  return { k: 'binary', op, a, b };
}

export const plus = (a: Operand, b: Operand): Expression => binary('+', a, b);
export const minus = (a: Operand, b: Operand): Expression => binary('-', a, b);
export const times = (a: Operand, b: Operand): Expression => binary('*', a, b);
export const modulo = (a: Operand, b: Operand): Expression => binary('%', a, b);
export const equal = (a: Operand, b: Operand): Expression => binary('==', a, b);
export const differ = (a: Operand, b: Operand): Expression => binary('!=', a, b);
export const less = (a: Operand, b: Operand): Expression => binary('<', a, b);
export const atMost = (a: Operand, b: Operand): Expression => binary('<=', a, b);
export const greater = (a: Operand, b: Operand): Expression => binary('>', a, b);
export const atLeast = (a: Operand, b: Operand): Expression => binary('>=', a, b);
export const both = (a: Operand, b: Operand): Expression => binary('&&', a, b);
export const either = (a: Operand, b: Operand): Expression => binary('||', a, b);

export function not(operand: Operand): Expression {
  const a = expression(operand);
  return a.k === 'literal' ? literal(a.value === 0) : { k: 'unary', op: '!', a };
}

export function negative(operand: Operand): Expression {
  const a = expression(operand);
  return a.k === 'literal' ? literal(-a.value) : { k: 'unary', op: '-', a };
}

export function ifElse(test: Operand, then: Operand, otherwise: Operand): Expression {
  const t = expression(test);
  if (t.k === 'literal') return expression(t.value !== 0 ? then : otherwise);
  return { k: 'conditional', test: t, then: expression(then), otherwise: expression(otherwise) };
}

/** Conjunction of all operands; true for none. */
export const all = (operands: readonly Operand[]): Expression =>
  operands.reduce<Expression>(both, literal(1));
/** Disjunction of all operands; false for none. */
export const any = (operands: readonly Operand[]): Expression =>
  operands.reduce<Expression>(either, literal(0));
/** Sum of all operands; 0 for none. */
export const sum = (operands: readonly Operand[]): Expression =>
  operands.length === 0 ? literal(0) : operands.map(expression).reduce(plus);
/** a implies b. */
export const implies = (a: Operand, b: Operand): Expression => either(not(a), b);
