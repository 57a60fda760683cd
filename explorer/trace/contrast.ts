import type { System } from '../../model/language/system.ts';
import type { Move, Run } from '../outcome.ts';
import { type Configuration, initialConfiguration } from '../program/configuration.ts';
import { allHaveEnded } from '../program/judge.ts';
import { type Program, readSystem } from '../program/program.ts';
import { exercisedChecks } from '../search/exercised.ts';
import { type XStateStep, xstateStep, xstateSuccessors } from '../xstate/successors.ts';
import { switchesOf } from './switches.ts';

/** States that the search for a contrast may visit. */
const MOST_STATES = 4000;

/**
 * A complete run (every thread has ended) of the same system that exercises a check and does not violate it, for contrast with
 * one that does. It goes with the violating run as long as it can: the search is depth-first, takes the violating run first and
 * backs up from its end; off it, it stays with the thread that runs, and takes no state twice. Every step is XState's own. Null
 * if none was found, which does not say that there is none.
 */
export function contrastRun(system: System, violating: Pick<Run, 'moves'>, check: string): Run | null {
  const program = readSystem(system);
  const number = program.checkNumber.get(check);
  if (number === undefined) throw new ReferenceError(`no check is named '${check}'`);
  const way: Way[] = [{ now: initialConfiguration(program), step: null }];
  for (const move of violating.moves) {
    const step = xstateStep(program, way.at(-1)!.now, program.threads[move.thread]!, move.event);
    if (!step) throw new Error(`thread ${move.thread} cannot take '${move.event}'`);
    way.push({ now: step.to, step });
  }
  const seen = new Set<string>();
  // The last step violates, so the first state to leave the run from is the one before it.
  for (let common = way.length - 2; common >= 0; common--) {
    const found = complete(program, number, way.slice(0, common + 1), seen);
    if (found) return runOf(found);
    if (seen.size >= MOST_STATES) return null;
  }
  return null;
}

/** A state of a run and the step that led to it. */
interface Way {
  readonly now: Configuration;
  readonly step: XStateStep | null;
}

/** Goes on depth-first to an end of all threads; null if every way has been seen or violates the check. */
function complete(program: Program, check: number, prefix: readonly Way[], seen: Set<string>): Way[] | null {
  const way = [...prefix];
  const open: XStateStep[][] = [];
  const enter = (): boolean => {
    const { now, step } = way.at(-1)!;
    if (allHaveEnded(program, now)) return exercises(program, check, way);
    const key = JSON.stringify(now);
    const known = seen.has(key) || seen.size >= MOST_STATES;
    seen.add(key);
    open.push(known ? [] : nextSteps(program, now, check, step?.thread ?? -1));
    return false;
  };
  let done = enter();
  while (!done && open.length > 0) {
    const step = open.at(-1)!.shift();
    if (!step) {
      open.pop();
      way.pop();
      continue;
    }
    way.push({ now: step.to, step });
    done = enter();
    // An end that does not exercise the check was not entered.
    if (!done && allHaveEnded(program, step.to)) way.pop();
  }
  return done ? way : null;
}

/** The steps that do not violate the check, those of the running thread first. */
const nextSteps = (program: Program, now: Configuration, check: number, running: number): XStateStep[] =>
  xstateSuccessors(program, now)
    .filter((step) => !step.violated.includes(check))
    .sort((a, b) => Number(b.thread === running) - Number(a.thread === running));

function exercises(program: Program, check: number, way: readonly Way[]): boolean {
  const coverage = new Uint8Array(program.branches);
  for (const { step } of way) if (step) coverage[step.branch.number] = 1;
  return exercisedChecks(program, coverage)[check]!;
}

function runOf(way: readonly Way[]): Run {
  const moves = way.flatMap(({ step }): Move[] =>
    step ? [{ thread: step.thread, event: step.event.name }] : [],
  );
  return { moves, switches: switchesOf(moves), shortest: false };
}
