import { applyEffects, evaluate, type Observer } from '../../model/language/interpreter.ts';
import type { SharedDeclaration } from '../../model/language/variable.ts';
import { type Configuration, endedThreads } from '../program/configuration.ts';
import type { Program } from '../program/program.ts';
import type { XStateStep } from '../xstate/successors.ts';

/** One access of a step to a shared variable. */
export interface Access {
  readonly kind: 'read' | 'write';
  readonly variable: SharedDeclaration;
  readonly element: number;
  readonly lock: 'acquire' | 'release' | null;
}

/** What a step touched, in order: the guards up to that of its branch, then the effects. XState does not tell, the interpreter does. */
export function accessesOf(program: Program, before: Configuration, step: XStateStep): Access[] {
  const thread = program.threads[step.thread]!;
  const moment = {
    shared: before.shared,
    local: before.threads[step.thread]!.local,
    ended: endedThreads(program, before),
  };
  const accesses: Access[] = [];
  const observer: Observer = {
    read: (variable, element) => accesses.push({ kind: 'read', variable, element, lock: null }),
    write: (variable, element, _before, _after, lock) =>
      accesses.push({ kind: 'write', variable, element, lock }),
  };
  for (const branch of step.event.branches) {
    if (branch.guard) evaluate(branch.guard, thread.scope, moment, observer);
    if (branch === step.branch) break;
  }
  applyEffects(step.branch.effects, thread.scope, moment, [], observer);
  return accesses;
}
