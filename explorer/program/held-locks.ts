import type { Assignment, Effect } from '../../model/language/effect.ts';
import type { Expression } from '../../model/language/expression.ts';
import { elementAt, indicesOf, type SharedDeclaration } from '../../model/language/variable.ts';
import type { Program, ProgramThread } from './program.ts';

/** One lock: a location with its indices, under whatever variable it was reached. */
function lockName(variable: SharedDeclaration, element: number): string {
  const indices = indicesOf(variable, element);
  return indices.length === 0 ? variable.location : `${variable.location}[${indices.join(':')}]`;
}

/** Stands for all locks of a variable where the index is known only when the thread runs. */
const anyOf = (variable: SharedDeclaration): string => `${variable.location}[*]`;

function lockOf(variable: SharedDeclaration, at: readonly Expression[]): string {
  if (!at.every((i) => i.k === 'literal')) return anyOf(variable);
  return lockName(
    variable,
    elementAt(
      variable,
      at.map((i) => i.value),
    ),
  );
}

/** A writer that becomes a reader lets others in and keeps the lock: the count that it leaves is its own. */
const isDowngrade = ({ value }: Assignment): boolean => value.k === 'literal' && value.value > 0;

function after(effects: readonly Effect[], held: ReadonlySet<string>, program: Program): Set<string> {
  let now = new Set(held);
  for (const effect of effects) {
    if (effect.k === 'if') {
      now = new Set([...after(effect.then, now, program), ...after(effect.otherwise, now, program)]);
    } else if (effect.k === 'set' && effect.lock !== null && effect.to.k === 'shared') {
      const lock = lockOf(program.declared.get(effect.to.name)!, effect.to.at);
      if (effect.lock === 'acquire') now.add(lock);
      else if (!isDowngrade(effect)) now.delete(lock);
    }
  }
  return now;
}

/**
 * The locks that a thread may hold at each of its places, by data flow over its acquire and release steps. For mutexes the
 * value of the variable is better: it names the owner. This is for locks whose value only counts.
 */
export function heldLocks(program: Program, thread: ProgramThread): readonly ReadonlySet<string>[] {
  const held = thread.places.map(() => new Set<string>());
  const work = [thread.entry];
  const seen = new Set(work);
  for (const at of work) {
    for (const branch of thread.places[at]!.events.flatMap((e) => e.branches)) {
      const there = held[branch.target]!;
      const before = there.size;
      for (const lock of after(branch.effects, held[at]!, program)) there.add(lock);
      if (there.size > before || !seen.has(branch.target)) {
        seen.add(branch.target);
        work.push(branch.target);
      }
    }
  }
  return held;
}

/** Does holding these locks include that one? */
export const holds = (held: ReadonlySet<string>, variable: SharedDeclaration, element: number): boolean =>
  held.has(lockName(variable, element)) || held.has(anyOf(variable));
