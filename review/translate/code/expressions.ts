import { quoted } from '../../../model/scenarios/quoted.ts';
import { didYouMean } from '../../../model/scenarios/suggestion.ts';
import type { At, Expr } from '../../syntax/tree.ts';
import { constant, constantNames } from '../constants.ts';
import type { Value } from '../values/value.ts';
import { lowerCall } from './calls.ts';
import type { Operand } from './code.ts';
import { compute, type Emitter, type Label, number, variable } from './emitter.ts';

const suffixes: Readonly<Record<string, string>> = { u: 'unsigned int', l: 'long', ul: 'unsigned long' };

const constantOf = (value: Value): Operand => ({ k: 'constant', value });

/** Emits what an expression does and returns where its value is. Operands are taken from left to right. */
export function lowerExpression(e: Expr, to: Emitter): Operand {
  const { at } = e;
  switch (e.k) {
    case 'number':
      return e.suffix === undefined
        ? number(e.value)
        : compute(to, `as ${suffixes[e.suffix] as string}`, [number(e.value)], at);
    case 'text':
      return constantOf({ k: 'opaque', what: 'a string' });
    case 'name':
      return lowerName(e.name, at, to);
    case 'call':
      return (
        lowerCall(e, to, lowerExpression) ??
        constantOf({ k: 'opaque', what: `the result of ${e.name}(), which returns nothing` })
      );
    case 'unary':
      return lowerUnary(e, to);
    case 'binary':
      if (e.op === '&&' || e.op === '||') return lowerChoice(e, to);
      return compute(to, e.op, [lowerExpression(e.a, to), lowerExpression(e.b, to)], at);
    case 'conditional': {
      const result = to.scope.temporary();
      choose(e.test, to, at, (taken) => {
        to.emit({ op: 'move', to: result, from: lowerExpression(taken ? e.then : e.otherwise, to), at });
      });
      return variable(result);
    }
    case 'comma':
      lowerExpression(e.a, to);
      return lowerExpression(e.b, to);
    case 'cast':
      if (e.type.includes('*'))
        to.fail('not-in-the-subset', at, 'a cast to a pointer', 'declare it with its own type');
      return compute(to, `as ${e.type}`, [lowerExpression(e.a, to)], at);
    case 'member':
      return lowerMember(e, to);
    case 'assign': {
      const value = lowerExpression(e.value, to);
      const stored = e.op === '' ? value : compute(to, e.op, [lowerExpression(e.to, to), value], at);
      return assignTo(e.to, stored, at, to);
    }
    case 'update': {
      const before = copy(to, lowerExpression(e.a, to), at);
      const after = assignTo(e.a, compute(to, e.by > 0 ? '++' : '--', [before], at), at, to);
      return e.prefix ? after : before;
    }
    case 'fields':
      return to.fail('not-in-the-subset', at, 'an initialiser here', 'declare a variable with it');
    case 'refused':
      return to.fail(
        'not-in-the-subset',
        at,
        `${e.what} is not in the subset of C that is understood`,
        subset,
      );
  }
}

export const subset =
  'use assignments, arithmetic, && || ?:, comma, if, do, while, for, goto, break, continue, return and calls';

/** Runs one of two pieces of code, by a condition; both go on at the same place. */
function choose(test: Expr, to: Emitter, at: At, side: (taken: boolean) => void): void {
  const [yes, no, end] = [to.label(), to.label(), to.label()];
  lowerCondition(test, yes, no, to);
  to.here(yes);
  side(true);
  to.jump(end, at);
  to.here(no);
  side(false);
  to.here(end);
}

/** && and || as a value: that of the operand which decides, so that it is still known what it comes from. */
function lowerChoice(e: Expr & { readonly k: 'binary' }, to: Emitter): Operand {
  const { at } = e;
  const result = to.scope.temporary();
  const [goesOn, end] = [to.label(), to.label()];
  const keep = (value: Operand): void => {
    const truth = compute(to, '!', [compute(to, '!', [value], at)], at);
    to.emit({ op: 'move', to: result, from: truth, at });
  };
  const first = lowerExpression(e.a, to);
  keep(first);
  const [yes, no] = e.op === '&&' ? [goesOn, end] : [end, goesOn];
  to.emit({ op: 'branch', test: first, yes, no, at });
  to.here(goesOn);
  keep(lowerExpression(e.b, to));
  to.here(end);
  return variable(result);
}

/** Emits a condition as jumps, so that what stands behind && is only done where it is reached. */
export function lowerCondition(e: Expr, yes: Label, no: Label, to: Emitter): void {
  if (e.k === 'binary' && (e.op === '&&' || e.op === '||')) {
    const between = to.label();
    if (e.op === '&&') lowerCondition(e.a, between, no, to);
    else lowerCondition(e.a, yes, between, to);
    to.here(between);
    lowerCondition(e.b, yes, no, to);
  } else if (e.k === 'unary' && e.op === '!') lowerCondition(e.a, no, yes, to);
  else if (e.k === 'call' && (e.name === 'likely' || e.name === 'unlikely') && e.args.length === 1) {
    lowerCondition(e.args[0] as Expr, yes, no, to);
  } else to.emit({ op: 'branch', test: lowerExpression(e, to), yes, no, at: e.at });
}

function lowerName(name: string, at: At, to: Emitter): Operand {
  const found = to.scope.find(name);
  if (found !== undefined) return variable(found);
  const value = constant(name);
  if (value) return constantOf(value);
  const known = [...to.scope.names, ...constantNames];
  return to.fail(
    'unknown-name',
    at,
    `${quoted(name)} is declared nowhere`,
    didYouMean(name, known).slice(0, 200),
  );
}

function lowerUnary(e: Expr & { readonly k: 'unary' }, to: Emitter): Operand {
  const { at, a } = e;
  if (e.op === '&') return lowerAddress(a, at, to);
  if (e.op === '*') {
    const pointer = lowerExpression(a, to);
    const result = to.scope.temporary();
    const copied = a.k === 'name' && to.copied.has(a.name);
    to.emit({ op: 'load', to: result, pointer, by: '', copied, at });
    return variable(result);
  }
  if (e.op === '!') return compute(to, '!', [lowerExpression(a, to)], at);
  if (e.op === '+') return lowerExpression(a, to);
  return compute(to, `unary ${e.op}`, [lowerExpression(a, to)], at);
}

/** `&x`: the address of a variable of the function, or of a part of an object of the kernel. */
function lowerAddress(a: Expr, at: At, to: Emitter): Operand {
  if (a.k === 'unary' && a.op === '*') return lowerExpression(a.a, to);
  if (a.k === 'name') {
    const name = to.scope.find(a.name);
    return name === undefined ? lowerName(a.name, at, to) : { k: 'ref', name };
  }
  if (a.k !== 'member') {
    return to.fail(
      'not-in-the-subset',
      at,
      'the address of this expression',
      'take the address of a variable',
    );
  }
  const of = a.arrow ? lowerExpression(a.of, to) : lowerAddress(a.of, at, to);
  const result = to.scope.temporary();
  to.emit({ op: 'member', to: result, of, name: `&${a.name}`, at });
  return variable(result);
}

function lowerMember(e: Expr & { readonly k: 'member' }, to: Emitter): Operand {
  const of = e.arrow ? lowerExpression(e.of, to) : lowerAddress(e.of, e.at, to);
  const result = to.scope.temporary();
  to.emit({ op: 'member', to: result, of, name: e.name, at: e.at });
  return variable(result);
}

/** Stores a value to what stands on the left of an assignment; the value of the assignment is the value stored. */
export function assignTo(target: Expr, value: Operand, at: At, to: Emitter): Operand {
  if (target.k === 'name') {
    const name = to.scope.find(target.name);
    if (name === undefined) {
      return to.fail(
        'unknown-name',
        at,
        `${quoted(target.name)} is declared nowhere`,
        didYouMean(target.name, to.scope.names),
      );
    }
    to.emit({ op: 'move', to: name, from: value, at });
    return variable(name);
  }
  if (target.k === 'unary' && target.op === '*') {
    to.emit({ op: 'store', pointer: lowerExpression(target.a, to), value, by: '', at });
    return value;
  }
  if (target.k === 'member') {
    const of = target.arrow ? lowerExpression(target.of, to) : lowerAddress(target.of, at, to);
    to.emit({ op: 'setMember', of, name: target.name, value, at });
    return value;
  }
  return to.fail('not-in-the-subset', at, 'an assignment to this expression', subset);
}

/** The value as it is now, though the variable changes later. */
function copy(to: Emitter, value: Operand, at: At): Operand {
  const result = to.scope.temporary();
  to.emit({ op: 'move', to: result, from: value, at });
  return variable(result);
}
