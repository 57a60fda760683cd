import type { ParsedUnit } from '../../syntax/parsed-unit.ts';
import type { At, Stmt } from '../../syntax/tree.ts';
import { allExpressionsIn, callsIn, statementsIn } from '../../syntax/walk.ts';
import type { Program } from '../program.ts';
import type { Code } from './code.ts';
import { codeOf } from './code-of.ts';
import { compute, Emitter, number, variable } from './emitter.ts';
import { lowerStatement, type WaysOut } from './statements.ts';

/** The statements that a patch adds to a function of which it shows only a part. */
export interface Hook {
  readonly name: string;
  readonly added: readonly Stmt[];
  readonly at: At;
}

/** The hook in a fragment: what is added to it, in order. Statements of the context round an addition are taken to be reached. */
export function hookOf({ unit, tree }: ParsedUnit): Hook | null {
  if (unit.kind !== 'fragment' || unit.name === null || !tree) return null;
  const added = addedIn(tree.body);
  return added.length === 0 ? null : { name: unit.name, added, at: (added[0] as Stmt).at };
}

/** The statements that are added within one, and those of the context that are to be kept. */
export function addedIn(s: Stmt | null, keeps: (s: Stmt) => boolean = () => false): readonly Stmt[] {
  if (!s) return [];
  if (keeps(s)) return [s];
  const added = (one: Stmt | null): readonly Stmt[] => addedIn(one, keeps);
  const inner = statementsIn(s).slice(1);
  // An added head round lines that were there before says nothing new about them.
  if (s.at.added && s.k !== 'block' && inner.every((one) => one.at.added)) return [s];
  switch (s.k) {
    case 'block':
      return s.body.flatMap(added);
    case 'if':
      return [...added(s.then), ...added(s.otherwise)];
    case 'while':
    case 'do':
    case 'for':
    case 'label':
      return added(s.body);
    default:
      return [];
  }
}

/** The first added statement that stands under a condition which was there before, and the first that does not. */
export function byCondition(s: Stmt): { readonly under: Stmt | null; readonly free: Stmt | null } {
  const found: { under: Stmt | null; free: Stmt | null } = { under: null, free: null };
  const walk = (one: Stmt | null, under: boolean): void => {
    if (!one) return;
    if (addedIn(one)[0] === one) found[under ? 'under' : 'free'] ??= one;
    else if (one.k === 'block') for (const inner of one.body) walk(inner, under);
    else if (one.k === 'if') for (const inner of [one.then, one.otherwise]) walk(inner, true);
    else if ('body' in one) walk(one.body, under);
  };
  walk(s, false);
  return found;
}

/** The names that a hook calls. */
export const callsOf = (hook: Hook): ReadonlySet<string> => new Set(hook.added.flatMap(callsIn));

/** Every way out of a part of a function that breaks is alike: the caller leaves. */
const leaving: WaysOut = { goto: 1, break: 1, continue: 1, return: 1 };

/** What the function round a hook makes of it: its ways out, and what it must have in a variable where the hook goes on. */
interface Round {
  readonly ways: WaysOut;
  /** A function of values, and the variable that it is applied to. */
  readonly atEnd?: readonly [what: string, variable: string];
}

/**
 * Turns a hook into a function: 0 if the function that it stands in goes on, another number for each way to leave it. `known` are
 * variables of that function which have a value; what is only assigned in the hook is a local of it.
 */
export function lowerHook(
  program: Program,
  hook: Hook,
  known: readonly string[],
  round: Round = { ways: leaving },
): Code {
  const to = new Emitter(program, new Set());
  const expressions = hook.added.flatMap(allExpressionsIn);
  const used = new Set(expressions.flatMap((e) => (e.k === 'name' ? [e.name] : [])));
  const { ways, atEnd } = round;
  const parameters = known.filter((name) => used.has(name) || name === atEnd?.[1]);
  const assigned = expressions.flatMap((e) => (e.k === 'assign' && e.to.k === 'name' ? [e.to.name] : []));
  const names = parameters.map((name) => to.scope.declare(name));
  for (const name of new Set(assigned)) if (to.scope.find(name) === undefined) to.scope.declare(name);
  for (const s of hook.added)
    lowerStatement(s, to, { labels: new Map(), breaks: null, continues: null, leaves: ways });
  if (atEnd) compute(to, atEnd[0], [variable(to.scope.find(atEnd[1]) as string)], hook.at);
  to.emit({ op: 'return', value: number(0), at: hook.at });
  return codeOf(to, { name: hook.name, parameters: names, returns: null, at: hook.at });
}
