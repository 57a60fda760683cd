import { sharedStores } from '../../explorer/program/accesses.ts';
import { endangered } from '../../explorer/program/endangered.ts';
import type {
  Program,
  ProgramBranch,
  ProgramMonitor,
  ProgramThread,
} from '../../explorer/program/program.ts';
import { type Effect, set } from '../../model/language/effect.ts';
import { both, type Expression, literal, not } from '../../model/language/expression.ts';
import type { Condition } from '../../model/language/system.ts';
import type { PlanCondition } from './plan.ts';

/** A monitor that a step may make take a step: surely, or if one of the named flags was raised. */
interface Watcher {
  readonly monitor: ProgramMonitor;
  /** Names of scratch locals that are 1 once the step has stored to a watched variable; null: it always does. */
  readonly flags: readonly string[] | null;
}

/** One branch of an event under the guard that it has by itself: the guards of the branches before it are negated in it. */
export interface Way {
  readonly guard: Expression;
  readonly effects: readonly Effect[];
  readonly target: number;
  /** The thread has ended after it. */
  readonly ends: boolean;
  readonly watchers: readonly Watcher[];
  /** Locals of the step alone: 0 before it, not part of the state. */
  readonly scratch: readonly string[];
  /** Conditions that the step can break. */
  readonly endangered: readonly PlanCondition[];
  /** Calls back with every expression of the effects. */
  readonly expressions: (visit: (e: Expression) => void) => void;
}

/** The ways of an event; a branch that can never be taken is left out. */
export function waysOf(
  program: Program,
  thread: ProgramThread,
  branches: readonly ProgramBranch[],
  judge: boolean,
  always: readonly PlanCondition[],
): readonly Way[] {
  const ways: Way[] = [];
  let before: Expression = literal(1);
  for (const branch of branches) {
    const guard = both(before, branch.guard ?? literal(1));
    if (!isNever(guard) && !(branch.guard && isNever(branch.guard)))
      ways.push(wayOf(program, thread, branch, guard, judge, always));
    if (branch.guard === null) break;
    before = both(before, not(branch.guard));
  }
  return ways;
}

const isNever = (e: Expression): boolean => e.k === 'literal' && e.value === 0;

function wayOf(
  program: Program,
  thread: ProgramThread,
  branch: ProgramBranch,
  guard: Expression,
  judge: boolean,
  always: readonly PlanCondition[],
): Way {
  const { always: surely, sometimes } = sharedStores(branch.effects);
  const scratch = new Set<string>();
  const watchers = program.monitors.flatMap((monitor): Watcher[] => {
    const watched = [...monitor.watches];
    if (watched.some((name) => surely.has(name))) return [{ monitor, flags: null }];
    const flags = watched.filter((name) => sometimes.has(name)).map(flagOf);
    for (const flag of flags) scratch.add(flag);
    return flags.length === 0 ? [] : [{ monitor, flags }];
  });
  const judged = (check: string): boolean => judge && program.checkNumber.has(check);
  const effects = prepared(branch.effects, judged, scratch);
  const inDanger = new Set<Condition>(endangered(always, branch, thread));
  return {
    guard,
    effects,
    target: branch.target,
    ends: thread.places[branch.target]!.final === 'ended',
    watchers,
    scratch: [...scratch],
    endangered: always.filter((condition) => inDanger.has(condition)),
    expressions: (visit) => visitAll(effects, visit),
  };
}

/** Raised by a store to the variable. Shared variables have no blanks in their names, so it cannot be one of them. */
const flagOf = (variable: string): string => `stored ${variable}`;

/** Effects without the promises that nobody judges, and with the flags of stores that may not happen. */
function prepared(
  effects: readonly Effect[],
  judged: (check: string) => boolean,
  flags: ReadonlySet<string>,
  conditional = false,
): readonly Effect[] {
  const one = (effect: Effect): readonly Effect[] => {
    switch (effect.k) {
      case 'assert':
        return judged(effect.check) ? [effect] : [];
      case 'if': {
        const then = prepared(effect.then, judged, flags, true);
        const otherwise = prepared(effect.otherwise, judged, flags, true);
        return then.length + otherwise.length === 0 ? [] : [{ ...effect, then, otherwise }];
      }
      case 'set': {
        const flag = effect.to.k === 'shared' ? flagOf(effect.to.name) : '';
        return conditional && flags.has(flag) ? [effect, set({ k: 'local', name: flag }, 1)] : [effect];
      }
    }
  };
  return effects.flatMap(one);
}

function visitAll(effects: readonly Effect[], visit: (e: Expression) => void): void {
  for (const effect of effects) {
    switch (effect.k) {
      case 'set':
        visit(effect.value);
        visit(effect.to);
        break;
      case 'assert':
        visit(effect.that);
        break;
      case 'if':
        visit(effect.test);
        visitAll(effect.then, visit);
        visitAll(effect.otherwise, visit);
        break;
    }
  }
}
