import type { Effect } from '../../model/language/effect.ts';
import type { Expression } from '../../model/language/expression.ts';
import type { Target } from '../../model/language/variable.ts';
import { walk } from '../program/accesses.ts';
import type { Program } from '../program/program.ts';

/**
 * The shared variables whose values may decide which way a step goes, which element it means or how it is judged, by themselves or
 * through others. What the others hold is only handed on: who asks what steps may touch need not know it.
 */
export function steeringVariables(program: Program): ReadonlySet<string> {
  const steering = new Set<string>();
  // Locals of a thread are told apart from all others by its number.
  const nameOf = (e: Target, owner: string): string => (e.k === 'shared' ? e.name : `${owner} ${e.name}`);
  const asks = (owner: string, e: Expression): void => {
    walk(e, (x) => {
      if (x.k === 'local' || x.k === 'shared') steering.add(nameOf(x, owner));
    });
  };
  const indices = (owner: string, e: Expression): void => {
    walk(e, (x) => {
      if (x.k === 'shared') for (const i of x.at) asks(owner, i);
    });
  };
  const visit = (owner: string, effect: Effect): void => {
    if (effect.k === 'if') {
      asks(owner, effect.test);
      for (const e of [...effect.then, ...effect.otherwise]) visit(owner, e);
    } else if (effect.k === 'assert') {
      if (program.checkNumber.has(effect.check)) asks(owner, effect.that);
    } else {
      indices(owner, effect.to);
      indices(owner, effect.value);
      // A test inside a value decides what is read.
      walk(effect.value, (x) => {
        if (x.k === 'conditional') asks(owner, x.test);
        if (x.k === 'binary' && (x.op === '&&' || x.op === '||')) asks(owner, x);
        if (x.k === 'binary' && x.op === '%') asks(owner, x.b);
      });
      if (steering.has(nameOf(effect.to, owner))) asks(owner, effect.value);
    }
  };
  for (const check of program.checks) for (const { that } of check.always) asks('', that);
  for (let before = -1; before < steering.size; ) {
    before = steering.size;
    for (const [n, { places }] of [...program.threads, ...program.monitors].entries()) {
      const owner = String(n);
      for (const { guard, effects } of places.flatMap((p) => p.events).flatMap((e) => e.branches)) {
        if (guard) asks(owner, guard);
        for (const effect of effects) visit(owner, effect);
      }
    }
  }
  return new Set([...program.declared.keys()].filter((name) => steering.has(name)));
}
