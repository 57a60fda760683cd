import { STEP } from '../../model/language/machine.ts';
import type { System } from '../../model/language/system.ts';
import type { Run } from '../outcome.ts';
import { type Configuration, initialConfiguration } from '../program/configuration.ts';
import { type Program, placeOf, readSystem } from '../program/program.ts';
import { type XStateStep, xstateStep } from '../xstate/successors.ts';
import { unfairLap } from './lap.ts';
import { Naming } from './naming.ts';
import { labelsOf } from './numbering.ts';
import { switchesOf } from './switches.ts';
import { type Access, accessesOf } from './touched.ts';
import type { Trace, TraceState, TraceStep } from './trace.ts';
import { violationOf } from './violation.ts';

/** A run that the system cannot take: it was found in another one. */
export class ReplayError extends Error {
  override readonly name = 'ReplayError';
  /** Counted from 1. */
  readonly step: number;
  constructor(step: number, what: string) {
    super(`step ${step}: ${what}`);
    this.step = step;
  }
}

interface Done {
  readonly before: Configuration;
  readonly step: XStateStep;
  readonly accesses: readonly Access[];
}

/**
 * Runs the moves through XState's own `transition` on the system as written, without reductions, and tells every step. With
 * the name of a check it also says what that check needed at the end and what it found. Throws a ReplayError if a move
 * is not enabled, or if a run that should go round for ever does not.
 */
export function replay(system: System, run: Pick<Run, 'moves'> & Partial<Run>, check?: string): Trace {
  const program = readSystem(system);
  const initial = initialConfiguration(program);
  const done = takeAll(program, initial, run);
  const stores = done.flatMap((d) => d.accesses.filter((a) => a.kind === 'write'));
  const naming = new Naming(program, labelsOf(program, initial, stores));
  const steps = done.map((d, n) => told(program, d, n + 1, naming));
  const last = done.at(-1);
  const number = check === undefined ? undefined : program.checkNumber.get(check);
  if (check !== undefined && number === undefined) throw new ReferenceError(`no check is named '${check}'`);
  const end = {
    before: last?.before ?? initial,
    after: last?.step.to ?? initial,
    step: last?.step ?? null,
    lap: run.lasso === undefined ? null : lapOf(program, done, run.lasso),
  };
  const text = number === undefined ? null : violationOf(program, number, end, naming);
  return {
    initial: stateOf(program, initial, naming),
    steps,
    switches: switchesOf(run.moves),
    shortest: run.shortest ?? false,
    loop: run.lasso ?? null,
    violation: text && { step: steps.length, ...text },
  };
}

function takeAll(program: Program, initial: Configuration, run: Pick<Run, 'moves'>): Done[] {
  let now = initial;
  return run.moves.map((move, n) => {
    const thread = program.threads[move.thread];
    if (!thread) throw new ReplayError(n + 1, `there is no thread ${move.thread}`);
    const step = xstateStep(program, now, thread, move.event);
    if (!step) {
      const at = placeOf(thread, now.threads[move.thread]!.place).name;
      const what = move.event === STEP ? 'the step' : `event '${move.event}'`;
      throw new ReplayError(n + 1, `thread '${thread.id}' at '${at}': ${what} is not enabled`);
    }
    const before = now;
    now = step.to;
    return { before, step, accesses: accessesOf(program, before, step) };
  });
}

/** The states that a run goes round in for ever. A ReplayError if it does not, or if no fair run would. */
function lapOf(program: Program, done: readonly Done[], from: number): Configuration[] {
  const lap = done.slice(from);
  const states = lap.map(({ before }) => before);
  const end = lap.at(-1)?.step.to;
  const wrong = end
    ? unfairLap(
        program,
        states,
        lap.map(({ step }) => step),
        end,
      )
    : 'the lap has no step';
  if (wrong !== null)
    throw new ReplayError(done.length, `it should go round from step ${from + 1} on: ${wrong}`);
  return states;
}

function told(program: Program, { before, step, accesses }: Done, n: number, naming: Naming): TraceStep {
  const thread = program.threads[step.thread]!;
  const place = placeOf(thread, before.threads[step.thread]!.place);
  const { meta } = place;
  const shown = accesses.filter((a) => !a.variable.ghost);
  const once = (keep: (a: Access) => boolean): string[] => [
    ...new Set(shown.filter(keep).map((a) => naming.location(a.variable, a.element))),
  ];
  const writes = once((a) => a.kind === 'write');
  const [localsBefore, localsAfter] = [before, step.to].map((c) => naming.localState(step.thread, c));
  return {
    n,
    thread: thread.id,
    step: place.name,
    event: step.event.name,
    says: meta?.says ?? '',
    function: meta?.function ?? '',
    file: meta?.file ?? '',
    line: meta?.line ?? 0,
    source: meta?.source ?? '',
    comment: meta?.comment ?? null,
    reads: once((a) => a.kind === 'read'),
    writes,
    acquires: once((a) => a.lock === 'acquire'),
    releases: once((a) => a.lock === 'release'),
    changes: writes.map((location) => ({
      location,
      before: naming.locationValue(location, before),
      after: naming.locationValue(location, step.to),
    })),
    locals: Object.entries(localsAfter!).flatMap(([name, after]) =>
      localsBefore![name] === after ? [] : [{ name, before: localsBefore![name]!, after }],
    ),
    state: stateOf(program, step.to, naming),
  };
}

function stateOf(program: Program, now: Configuration, naming: Naming): TraceState {
  const threads = program.threads.map(
    (thread) =>
      [
        thread.id,
        {
          at: placeOf(thread, now.threads[thread.number]!.place).name,
          locals: naming.localState(thread.number, now),
        },
      ] as const,
  );
  return { shared: naming.sharedState(now), threads: Object.fromEntries(threads) };
}
