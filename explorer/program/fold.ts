import type { Effect } from '../../model/language/effect.ts';
import { compute, type Expression, literal } from '../../model/language/expression.ts';
import type { Scope } from '../../model/language/interpreter.ts';
import type { Target } from '../../model/language/variable.ts';

/** Is the value of the expression 0 or 1 by its form alone? */
function isTruth(e: Expression): boolean {
  switch (e.k) {
    case 'literal':
      return e.value === 0 || e.value === 1;
    case 'unary':
      return e.op === '!';
    case 'binary':
      return !['+', '-', '*', '%'].includes(e.op);
    case 'conditional':
      return isTruth(e.then) && isTruth(e.otherwise);
    case 'ended':
      return true;
    default:
      return false;
  }
}

/** The expression with the constants of its thread put in and everything computed that is known by then. */
export function fold(e: Expression, scope: Scope): Expression {
  switch (e.k) {
    case 'literal':
      if (!Number.isSafeInteger(e.value)) throw new RangeError(`${e.value} is not an integer`);
      return e;
    case 'parameter': {
      const value = scope.parameters[e.name];
      if (value === undefined) throw new ReferenceError(`unknown parameter '${e.name}'`);
      return fold(literal(value), scope);
    }
    case 'local':
      if (!scope.locals[e.name]) throw new ReferenceError(`unknown local '${e.name}'`);
      return e;
    case 'shared': {
      const variable = scope.declared.get(e.name);
      if (!variable) throw new ReferenceError(`unknown shared variable '${e.name}'`);
      if (variable.over.length !== e.at.length) {
        throw new RangeError(`${e.name}: has ${variable.over.length} indices, ${e.at.length} given`);
      }
      return { ...e, at: e.at.map((i) => fold(i, scope)) };
    }
    case 'unary': {
      const a = fold(e.a, scope);
      if (a.k !== 'literal') return { ...e, a };
      return literal(e.op === '!' ? a.value === 0 : 0 - a.value);
    }
    case 'binary': {
      const a = fold(e.a, scope);
      if (a.k === 'literal' && e.op === '&&' && a.value === 0) return literal(0);
      if (a.k === 'literal' && e.op === '||' && a.value !== 0) return literal(1);
      const b = fold(e.b, scope);
      if (a.k === 'literal' && b.k === 'literal') {
        const value = compute(e.op, a.value, b.value);
        return Number.isSafeInteger(value) ? literal(value) : { ...e, a, b };
      }
      if (e.op === '&&' || e.op === '||') {
        const neutral = (x: Expression): boolean => x.k === 'literal' && (x.value !== 0) === (e.op === '&&');
        if (neutral(a) && isTruth(b)) return b;
        if (neutral(b) && isTruth(a)) return a;
      }
      return { ...e, a, b };
    }
    case 'conditional': {
      const test = fold(e.test, scope);
      if (test.k === 'literal') return fold(test.value !== 0 ? e.then : e.otherwise, scope);
      return { ...e, test, then: fold(e.then, scope), otherwise: fold(e.otherwise, scope) };
    }
    case 'ended': {
      const group = scope.groups[e.group];
      if (!group) throw new ReferenceError(`unknown group '${e.group}'`);
      return group.length === 0 ? literal(1) : e;
    }
  }
}

function foldTarget(to: Target, scope: Scope): Target {
  return fold(to, scope) as Target;
}

function foldEffect(effect: Effect, scope: Scope): readonly Effect[] {
  switch (effect.k) {
    case 'set':
      return [{ ...effect, to: foldTarget(effect.to, scope), value: fold(effect.value, scope) }];
    case 'assert':
      return [{ ...effect, that: fold(effect.that, scope), facts: effect.facts.map((f) => fold(f, scope)) }];
    case 'if': {
      const test = fold(effect.test, scope);
      if (test.k === 'literal') return foldEffects(test.value !== 0 ? effect.then : effect.otherwise, scope);
      const then = foldEffects(effect.then, scope);
      const otherwise = foldEffects(effect.otherwise, scope);
      return then.length + otherwise.length === 0 ? [] : [{ k: 'if', test, then, otherwise }];
    }
  }
}

/** Effects with all expressions folded; a choice whose test is known by then is replaced by what it chooses. */
export function foldEffects(effects: readonly Effect[], scope: Scope): readonly Effect[] {
  return effects.flatMap((effect) => foldEffect(effect, scope));
}
