import { type Broken, evaluate } from '../../model/language/interpreter.ts';
import { type Configuration, endedThreads, momentOf } from '../program/configuration.ts';
import { endangered } from '../program/endangered.ts';
import { allHaveEnded } from '../program/judge.ts';
import type {
  Program,
  ProgramBranch,
  ProgramEvent,
  ProgramMonitor,
  ProgramThread,
} from '../program/program.ts';
import { snapshotAt, type Taken, take } from './snapshot.ts';

/** One enabled event of one thread, taken by XState. */
export interface XStateStep {
  readonly thread: number;
  readonly event: ProgramEvent;
  readonly branch: ProgramBranch;
  readonly to: Configuration;
  /** Promises broken by the step, of judged checks and of others. */
  readonly broken: readonly Broken[];
  /** Numbers of the checks that the step violates, ascending. */
  readonly violated: readonly number[];
  /** Monitors that reported, with the place in which they stayed. */
  readonly reported: readonly ProgramMonitor[];
}

/** All successors of a state by XState's own `can` and `transition`, by thread number and then in declared order. */
export function xstateSuccessors(program: Program, now: Configuration): XStateStep[] {
  return program.threads.flatMap((thread) => {
    const place = thread.places[now.threads[thread.number]!.place]!;
    return place.events.flatMap((event) => xstateStep(program, now, thread, event.name) ?? []);
  });
}

/** One event of one thread in a state; null if it is not enabled. */
export function xstateStep(
  program: Program,
  now: Configuration,
  thread: ProgramThread,
  name: string,
): XStateStep | null {
  const { place, local } = now.threads[thread.number]!;
  const event = thread.places[place]!.events.find((e) => e.name === name);
  if (!event) return null;
  const moment = { shared: now.shared, local, ended: endedThreads(program, now) };
  const taken = take(thread, snapshotAt(thread, place, moment), name);
  if (!taken) return null;
  const branch = event.branches[taken.branch];
  if (!branch || branch.target !== taken.place) {
    throw new Error(
      `thread '${thread.id}', place '${thread.places[place]!.name}': XState took an unknown branch`,
    );
  }
  const threads = now.threads.with(thread.number, { place: taken.place, local: taken.now.local });
  const before = { shared: taken.now.shared, threads, monitors: now.monitors };
  const watched = watch(program, before, storedVariables(now, taken));
  const to = { ...before, monitors: watched.places };
  const violated = new Set<number>(watched.reported.map((m) => m.check));
  for (const { check } of taken.broken) {
    const number = program.checkNumber.get(check);
    if (number !== undefined) violated.add(number);
  }
  for (const check of brokenAfter(program, to, thread, branch)) violated.add(check);
  return {
    thread: thread.number,
    event,
    branch,
    to,
    broken: taken.broken,
    violated: [...violated].sort((a, b) => a - b),
    reported: watched.reported,
  };
}

/** Variables to which a step stored: a store makes a new array even if the value is the same. */
function storedVariables(before: Configuration, taken: Taken): Set<string> {
  const names = Object.keys(before.shared);
  return new Set(names.filter((name) => taken.now.shared[name] !== before.shared[name]));
}

/** Lets each monitor step that watches a stored variable. One that reports stays where it was. */
function watch(
  program: Program,
  now: Configuration,
  stored: ReadonlySet<string>,
): { readonly places: readonly number[]; readonly reported: readonly ProgramMonitor[] } {
  const reported: ProgramMonitor[] = [];
  const moment = momentOf(program, now);
  const places = program.monitors.map((monitor) => {
    const at = now.monitors[monitor.number]!;
    if (![...monitor.watches].some((name) => stored.has(name))) return at;
    const snapshot = snapshotAt(monitor, at, moment);
    for (const event of monitor.places[at]!.events) {
      const taken = take(monitor, snapshot, event.name);
      if (!taken) continue;
      if (taken.place !== monitor.violated) return taken.place;
      reported.push(monitor);
      return at;
    }
    return at;
  });
  return { places, reported };
}

function brokenAfter(
  program: Program,
  now: Configuration,
  thread: ProgramThread,
  branch: ProgramBranch,
): readonly number[] {
  const moment = momentOf(program, now);
  const ends = thread.places[branch.target]!.final === 'ended' && allHaveEnded(program, now);
  return program.checks
    .filter((check) =>
      [...endangered(check.always, branch, thread), ...(ends ? check.atEnd : [])].some(
        ({ that }) => evaluate(that, program.scope, moment) === 0,
      ),
    )
    .map((check) => check.number);
}
