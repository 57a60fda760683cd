import type { Move, Run } from '../outcome.ts';
import { initialConfiguration } from '../program/configuration.ts';
import { type Program, placeOf } from '../program/program.ts';
import { clash, type Footprint, Footprints } from '../reduce/footprint.ts';
import { xstateStep } from '../xstate/successors.ts';
import { switchesOf } from './switches.ts';

/** Cuts runs of a program to their causal past. What the steps touch is worked out once, for the first run. */
export function causalPasts(program: Program): (check: number, run: Run) => Run {
  let footprints: Footprints | null = null;
  return (check, run) => {
    footprints ??= new Footprints(program);
    return causalPast(footprints, check, run);
  };
}

/**
 * The run without the steps that its last step does not depend on, directly or through others: what is left is a run as well,
 * and ends with the same step (Mazurkiewicz 1977). A violation that is not the doing of the last step alone (at the end, or a
 * deadlock) keeps the whole run.
 */
function causalPast(footprints: Footprints, check: number, run: Run): Run {
  const steps = footprintsAlong(footprints, run.moves);
  const kept: number[] = [];
  for (let n = run.moves.length - 1; n >= 0; n--) {
    const { thread } = run.moves[n]!;
    const needed = kept.some((k) => run.moves[k]!.thread === thread || clash(steps[n]!, steps[k]!));
    if (kept.length === 0 || needed) kept.unshift(n);
  }
  const moves = kept.map((n) => run.moves[n]!);
  if (!violates(footprints.program, check, moves)) return { ...run, shortest: false };
  return { moves, switches: switchesOf(moves), shortest: false };
}

function footprintsAlong(footprints: Footprints, moves: readonly Move[]): Footprint[] {
  const { program } = footprints;
  let now = initialConfiguration(program);
  return moves.map((move) => {
    const thread = program.threads[move.thread]!;
    const footprint = footprints.of(thread, placeOf(thread, now.threads[move.thread]!.place));
    now = xstateStep(program, now, thread, move.event)!.to;
    return footprint;
  });
}

function violates(program: Program, check: number, moves: readonly Move[]): boolean {
  let now = initialConfiguration(program);
  let violated: readonly number[] = [];
  for (const move of moves) {
    const step = xstateStep(program, now, program.threads[move.thread]!, move.event);
    if (!step) return false;
    now = step.to;
    violated = step.violated;
  }
  return violated.includes(check);
}
