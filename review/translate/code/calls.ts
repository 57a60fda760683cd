import { quoted } from '../../../model/scenarios/quoted.ts';
import { didYouMean } from '../../../model/scenarios/suggestion.ts';
import type { At, Expr } from '../../syntax/tree.ts';
import { isPure } from '../actions/index.ts';
import type { Primitive } from '../primitive.ts';
import { knownCalls, primitiveNamed, warnings } from '../primitives.ts';
import type { Operand } from './code.ts';
import { compute, type Emitter, type Label, number, truth, variable } from './emitter.ts';

type Call = Expr & { readonly k: 'call' };

/** How an argument is emitted: an expression like any other. */
type Lower = (e: Expr, to: Emitter) => Operand;

/** Emits a call: of a function of the text, of a primitive, or of a macro that warns. Null if it returns nothing. */
export function lowerCall(e: Call, to: Emitter, lower: Lower): Operand | null {
  const { at, name } = e;
  const parameters = (to.program.functions.get(name) ?? to.program.partial.get(name))?.parameters;
  if (parameters) {
    const args = e.args.map((arg) => lowerArgument(arg, to, lower, true));
    const expected = parameters.length;
    countArguments(to, at, name, args.length, expected);
    const result = to.scope.temporary();
    to.emit({ op: 'call', to: result, name, args, at });
    return variable(result);
  }
  if (name === 'IS_ENABLED') return enabled(e, to);
  if (Object.hasOwn(warnings, name)) return lowerWarning(e, to, lower);
  const primitive = primitiveNamed(name);
  if (primitive) return lowerPrimitive(primitive, e, to, lower);
  const known = [...to.program.functions.keys(), ...to.program.partial.keys(), ...knownCalls];
  const near = didYouMean(name, known);
  const hint = `${near.startsWith('did') ? `${near} else ` : ''}give the patch that defines it with --protocol A,B`;
  return to.fail(
    'unknown-call',
    at,
    `${quoted(`${name}()`)} is neither defined in the text nor a primitive that is known`,
    hint,
  );
}

function countArguments(to: Emitter, at: At, name: string, found: number, expected: number): void {
  if (found === expected) return;
  const what = `${name}() takes ${expected} argument${expected === 1 ? '' : 's'}, ${found} are given`;
  to.fail('arguments', at, what, 'check the call against the kernel that the patch is for');
}

/** An argument; `&x` keeps being the address of x. One that a function of the text gets may be kept by it. */
function lowerArgument(arg: Expr, to: Emitter, lower: Lower, keeps: boolean): Operand {
  const value = lower(arg, to);
  if (keeps && value.k === 'ref') to.kept.add(value.name);
  return value;
}

function lowerPrimitive(primitive: Primitive, e: Call, to: Emitter, lower: Lower): Operand | null {
  const { at, name } = e;
  countArguments(to, at, name, e.args.length, primitive.args.length);
  const values = new Map<string, Operand>();
  e.args.forEach((arg, i) => {
    // smp_mb() and the like take none; what a primitive does not use is still evaluated, as in C.
    values.set((primitive.args[i] as string).replace('*', ''), lowerArgument(arg, to, lower, false));
  });
  const end = to.label();
  const skipped = new Map<string, Label>();
  const result = primitive.gives === null ? null : to.scope.temporary();
  for (const [outcome, action, ...on] of primitive.steps) {
    const args = on.map((name) => values.get(name) as Operand);
    if (action === 'skip if') {
      // What follows, up to the step that gives the outcome its name, is only done if this is not so.
      const [skips, goesOn] = [to.label(), to.label()];
      to.emit({ op: 'branch', test: args[0] as Operand, yes: skips, no: goesOn, at });
      skipped.set(outcome, skips);
      to.here(goesOn);
      continue;
    }
    if (action === 'here') {
      to.here(skipped.get(outcome) as Label);
      continue;
    }
    if (action === 'unless') {
      // The call is over, without what it was to give.
      const [failed, goesOn] = [to.label(), to.label()];
      to.emit({ op: 'branch', test: args[0] as Operand, yes: failed, no: goesOn, at });
      to.here(failed);
      to.emit({ op: 'move', to: result as string, from: { k: 'constant', value: { k: 'null' } }, at });
      to.jump(end, at);
      to.here(goesOn);
      continue;
    }
    values.set(outcome, lowerStep(outcome, action, args, name, at, to));
  }
  if (result !== null)
    to.emit({ op: 'move', to: result, from: values.get(primitive.gives as string) as Operand, at });
  to.here(end);
  return result === null ? null : variable(result);
}

function lowerStep(
  outcome: string,
  action: string,
  args: readonly Operand[],
  by: string,
  at: At,
  to: Emitter,
): Operand {
  if (isPure(action)) return compute(to, action, args, at);
  const result = outcome === '' ? null : to.scope.temporary();
  const [pointer, value] = args as [Operand, Operand];
  if (action === 'store through') to.emit({ op: 'store', pointer, value, by, at });
  else if (action === 'load') to.emit({ op: 'load', to: result as string, pointer, by, copied: false, at });
  else to.emit({ op: 'do', to: result, action, args, by, at });
  return result === null ? number(0) : variable(result);
}

/** A warning: its argument and the promise that it is false, or nothing at all where the configuration drops it. */
function lowerWarning(e: Call, to: Emitter, lower: Lower): Operand {
  const { at, name } = e;
  countArguments(to, at, name, e.args.length, 1);
  const { evaluates } = warnings[name] as (typeof warnings)[string];
  if (evaluates !== 'always' && to.program.symbols.get('CONFIG_DEBUG_VM') === 0) return truth(false);
  const test = lower(e.args[0] as Expr, to);
  to.emit({ op: 'warn', test, by: name, at });
  return test;
}

function enabled(e: Call, to: Emitter): Operand {
  const [symbol] = e.args;
  const value = symbol?.k === 'name' ? to.program.symbols.get(symbol.name) : undefined;
  if (symbol?.k !== 'name' || value === undefined) {
    const name = symbol?.k === 'name' ? symbol.name : 'this';
    const near = didYouMean(name, [...to.program.symbols.keys()]);
    const hint = `give --config ${name}=y or =n${near.startsWith('did') ? `; ${near}` : ''}`;
    return to.fail('unknown-symbol', e.at, `no value is known for ${quoted(name)}`, hint);
  }
  return truth(value !== 0);
}
