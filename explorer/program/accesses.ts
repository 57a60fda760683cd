import type { Effect } from '../../model/language/effect.ts';
import type { Expression } from '../../model/language/expression.ts';

/** Calls `visit` for the expression and everything inside it. */
export function walk(e: Expression, visit: (e: Expression) => void): void {
  visit(e);
  switch (e.k) {
    case 'shared':
      for (const i of e.at) walk(i, visit);
      break;
    case 'unary':
      walk(e.a, visit);
      break;
    case 'binary':
      walk(e.a, visit);
      walk(e.b, visit);
      break;
    case 'conditional':
      walk(e.test, visit);
      walk(e.then, visit);
      walk(e.otherwise, visit);
      break;
    default:
      break;
  }
}

/** Names of the shared variables that an expression reads. */
export function sharedReads(e: Expression, into: Set<string> = new Set()): Set<string> {
  walk(e, (x) => {
    if (x.k === 'shared') into.add(x.name);
  });
  return into;
}

/** Does the expression ask whether threads have ended? */
export function readsEnded(e: Expression): boolean {
  let found = false;
  walk(e, (x) => {
    found ||= x.k === 'ended';
  });
  return found;
}

/** Names of the shared variables that effects may store to: always, or only under a condition. */
export function sharedStores(effects: readonly Effect[]): {
  readonly always: ReadonlySet<string>;
  readonly sometimes: ReadonlySet<string>;
} {
  const always = new Set<string>();
  const sometimes = new Set<string>();
  const visit = (list: readonly Effect[], into: Set<string>): void => {
    for (const effect of list) {
      if (effect.k === 'set' && effect.to.k === 'shared') into.add(effect.to.name);
      if (effect.k === 'if') {
        visit(effect.then, sometimes);
        visit(effect.otherwise, sometimes);
      }
    }
  };
  visit(effects, always);
  return { always, sometimes };
}
