import type { Expr, FunctionTree } from '../syntax/tree.ts';
import { expressionsIn, partsOf } from '../syntax/walk.ts';
import { changesSomething } from '../translate/actions/index.ts';
import { primitiveNamed, warnings } from '../translate/primitives.ts';
import type { Finding } from './finding.ts';

/** Calls in the argument of a macro that some configurations drop with all that it would do. */
export function effectsInWarnings(
  tree: FunctionTree,
  functions: ReadonlyMap<string, FunctionTree>,
): Finding[] {
  const found: Finding[] = [];
  const search = (e: Expr, within: string | null): void => {
    const macro =
      e.k === 'call' && Object.hasOwn(warnings, e.name) && warnings[e.name]?.evaluates !== 'always';
    if (within !== null && hasEffect(e, functions)) {
      const what = `${within}() drops its argument without CONFIG_DEBUG_VM, and with it what ${told(e)} does`;
      found.push({ rule: 'effect-in-warning', at: e.at, what });
    }
    for (const part of partsOf(e)) search(part, macro ? (e as { readonly name: string }).name : within);
  };
  for (const e of expressionsIn(tree.body)) search(e, null);
  return found;
}

const told = (e: Expr): string => (e.k === 'call' ? `${e.name}()` : 'the assignment');

function hasEffect(e: Expr, functions: ReadonlyMap<string, FunctionTree>): boolean {
  if (e.k === 'assign' || e.k === 'update') return true;
  if (e.k !== 'call') return false;
  const primitive = primitiveNamed(e.name);
  if (primitive) return primitive.steps.some(([, action]) => changesSomething(action));
  const tree = functions.get(e.name);
  // What a function of the text does is not followed here: it is enough that it is not one return.
  return tree !== undefined && tree.body.body.length > 1;
}
