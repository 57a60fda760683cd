import { type Expression, NONE } from '../../model/language/expression.ts';
import type { Scope } from '../../model/language/interpreter.ts';

type Known = ReadonlySet<string>;

/** What is known to be an element, not NONE, once a test came out so. */
function elementsIf(test: Expression, truth: boolean, known: Known): Known {
  if (test.k === 'unary' && test.op === '!') return elementsIf(test.a, !truth, known);
  if (test.k !== 'binary') return known;
  if (test.op === (truth ? '&&' : '||')) return elementsIf(test.b, truth, elementsIf(test.a, truth, known));
  if (test.op !== (truth ? '!=' : '==')) return known;
  for (const [x, y] of [
    [test.a, test.b],
    [test.b, test.a],
  ] as const) {
    if (y.k === 'literal' && y.value === NONE) return new Set([...known, JSON.stringify(x)]);
  }
  return known;
}

/** May the evaluation be an error of the model, as far as its form tells: an index that is none, a remainder by 0? */
export function mayFail(e: Expression, scope: Scope, known: Known = new Set()): boolean {
  switch (e.k) {
    case 'shared': {
      const { over } = scope.declared.get(e.name)!;
      return e.at.some((i, d) => mayFail(i, scope, known) || !isElement(i, over[d]!, scope, known));
    }
    case 'unary':
      return mayFail(e.a, scope, known);
    case 'binary': {
      if (e.op === '%' && (e.b.k !== 'literal' || e.b.value === 0)) return true;
      const after = e.op === '&&' || e.op === '||' ? elementsIf(e.a, e.op === '&&', known) : known;
      return mayFail(e.a, scope, known) || mayFail(e.b, scope, after);
    }
    case 'conditional':
      return (
        mayFail(e.test, scope, known) ||
        mayFail(e.then, scope, elementsIf(e.test, true, known)) ||
        mayFail(e.otherwise, scope, elementsIf(e.test, false, known))
      );
    default:
      return false;
  }
}

function isElement(
  index: Expression,
  domain: { readonly name: string; readonly size: number },
  scope: Scope,
  known: Known,
): boolean {
  if (index.k === 'literal') return index.value >= 0 && index.value < domain.size;
  if (index.k !== 'local' && index.k !== 'shared') return false;
  const { type } = index.k === 'local' ? scope.locals[index.name]! : scope.declared.get(index.name)!;
  if (type.kind !== 'member' || type.domain.size > domain.size) return false;
  return !type.optional || known.has(JSON.stringify(index));
}
