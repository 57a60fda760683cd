import type { Expr, Stmt } from './tree.ts';

/** A statement and all statements in it, in the order of the text. */
export function statementsIn(s: Stmt | null): readonly Stmt[] {
  if (!s) return [];
  switch (s.k) {
    case 'block':
      return [s, ...s.body.flatMap(statementsIn)];
    case 'if':
      return [s, ...statementsIn(s.then), ...statementsIn(s.otherwise)];
    case 'while':
    case 'do':
      return [s, ...statementsIn(s.body)];
    case 'for':
      return [s, ...statementsIn(s.first), ...statementsIn(s.body)];
    case 'iterate':
    case 'label':
      return [s, ...statementsIn(s.body)];
    default:
      return [s];
  }
}

/** The expressions that stand in a statement and in those within it; of each only the outermost. */
export const expressionsIn = (s: Stmt): readonly Expr[] =>
  statementsIn(s)
    .flatMap((one): readonly (Expr | null)[] => {
      switch (one.k) {
        case 'expression':
        case 'return':
          return [one.value];
        case 'declaration':
          return one.declared.map(({ value }) => value);
        case 'if':
        case 'while':
        case 'do':
          return [one.test];
        case 'for':
          return [one.test, one.step];
        case 'iterate':
          return one.args;
        default:
          return [];
      }
    })
    .filter((e) => e !== null);

/** All expressions that stand in a statement and in those within it, each before its parts. */
export const allExpressionsIn = (s: Stmt): readonly Expr[] => expressionsIn(s).flatMap(within);

const within = (e: Expr): readonly Expr[] => [e, ...partsOf(e).flatMap(within)];

/** The names of the calls in a statement. */
export const callsIn = (s: Stmt): readonly string[] =>
  allExpressionsIn(s).flatMap((e) => (e.k === 'call' ? [e.name] : []));

/** The expressions that an expression is made of. */
export function partsOf(e: Expr): readonly Expr[] {
  switch (e.k) {
    case 'call':
      return e.args;
    case 'unary':
    case 'update':
    case 'cast':
      return [e.a];
    case 'binary':
    case 'comma':
      return [e.a, e.b];
    case 'assign':
      return [e.to, e.value];
    case 'conditional':
      return [e.test, e.then, e.otherwise];
    case 'member':
      return [e.of];
    case 'fields':
      return e.fields.map(({ value }) => value);
    default:
      return [];
  }
}
