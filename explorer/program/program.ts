import type { AnyStateMachine } from 'xstate';
import type { Effect } from '../../model/language/effect.ts';
import type { Expression } from '../../model/language/expression.ts';
import type { Scope } from '../../model/language/interpreter.ts';
import type { PlaceMeta } from '../../model/language/machine.ts';
import { LanguageError, readMachine } from '../../model/language/reading.ts';
import type { Check, Condition, System } from '../../model/language/system.ts';
import type { LocalDeclaration, SharedDeclaration } from '../../model/language/variable.ts';
import { sharedReads } from './accesses.ts';
import { fold, foldEffects } from './fold.ts';

/** The name of the state of a monitor that reports. */
const VIOLATED = 'violated';

export interface ProgramBranch {
  /** Counted over all branches of the program, for coverage. */
  readonly number: number;
  readonly target: number;
  readonly guard: Expression | null;
  readonly effects: readonly Effect[];
  /** Kinds of the branch and of its place together. */
  readonly kinds: readonly string[];
}
export interface ProgramEvent {
  readonly number: number;
  readonly name: string;
  readonly branches: readonly ProgramBranch[];
}
export interface ProgramPlace {
  readonly number: number;
  readonly name: string;
  readonly final: 'ended' | 'stopped' | null;
  readonly meta: PlaceMeta | null;
  readonly tags: ReadonlySet<string>;
  readonly events: readonly ProgramEvent[];
}

/** A machine with the constants of one thread (or monitor) put in. */
export interface ProgramThread {
  readonly number: number;
  readonly id: string;
  readonly machine: AnyStateMachine;
  readonly scope: Scope;
  readonly locals: readonly (LocalDeclaration & { readonly name: string })[];
  readonly entry: number;
  readonly places: readonly ProgramPlace[];
}

export interface ProgramMonitor extends ProgramThread {
  /** Number of the check that it belongs to. */
  readonly check: number;
  /** Place number of `violated`; -1 if the machine has none. */
  readonly violated: number;
  /** Shared variables whose stores make it step. */
  readonly watches: ReadonlySet<string>;
}

export interface ProgramCheck {
  readonly number: number;
  readonly declared: Check;
  readonly always: readonly Condition[];
  readonly atEnd: readonly Condition[];
}

/** A system read once: what both back ends, the reductions and the judges work from. */
export interface Program {
  readonly system: System;
  readonly declared: ReadonlyMap<string, SharedDeclaration>;
  readonly threads: readonly ProgramThread[];
  readonly monitors: readonly ProgramMonitor[];
  readonly checks: readonly ProgramCheck[];
  readonly checkNumber: ReadonlyMap<string, number>;
  /** Number of branches of all threads; those of monitors are not counted. */
  readonly branches: number;
  /** In which conditions outside of threads are evaluated. */
  readonly scope: Scope;
}

type Runner = Pick<ProgramThread, 'id' | 'machine'> & {
  readonly parameters: Readonly<Record<string, number>>;
  readonly groups: Readonly<Record<string, readonly number[]>>;
};

/** Says where an error of the model was met. */
function within<T>(where: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof LanguageError || !(error instanceof Error)) throw error;
    const Kind = error instanceof RangeError ? RangeError : ReferenceError;
    throw new Kind(`${where}: ${error.message}`, { cause: error });
  }
}

function readRunner(
  runner: Runner,
  number: number,
  declared: ReadonlyMap<string, SharedDeclaration>,
  nextBranch: () => number,
): ProgramThread {
  const table = readMachine(runner.machine);
  for (const name of table.parameters) {
    if (runner.parameters[name] === undefined) {
      throw new ReferenceError(`thread '${runner.id}': parameter '${name}' is not given`);
    }
  }
  const scope: Scope = {
    declared,
    locals: table.locals,
    parameters: runner.parameters,
    groups: runner.groups,
  };
  const places = table.places.map((place, at): ProgramPlace => {
    const where = `thread '${runner.id}', place '${place.name}'`;
    const events = place.events.map((event, n) => ({
      number: n,
      name: event.name,
      branches: event.branches.map((branch) =>
        within(where, () => ({
          number: nextBranch(),
          target: branch.target,
          guard: branch.guard && fold(branch.guard, scope),
          effects: foldEffects(branch.effects, scope),
          kinds: [...(place.meta?.kinds ?? []), ...branch.kinds],
        })),
      ),
    }));
    return {
      number: at,
      name: place.name,
      final: place.final,
      meta: place.meta,
      tags: new Set(place.tags),
      events,
    };
  });
  const locals = Object.entries(table.locals).map(([name, local]) => ({ name, ...local }));
  return { number, id: runner.id, machine: runner.machine, scope, locals, entry: table.entry, places };
}

function readMonitor(
  monitor: Check['monitors'][number],
  number: number,
  check: number,
  declared: ReadonlyMap<string, SharedDeclaration>,
): ProgramMonitor {
  const read = readRunner({ ...monitor, groups: {} }, number, declared, () => -1);
  const watches = new Set<string>();
  for (const place of read.places) {
    for (const { guard, effects } of place.events.flatMap((e) => e.branches)) {
      if (effects.length > 0) {
        throw new LanguageError(
          readMachine(monitor.machine).name,
          place.name,
          'actions',
          'a monitor only watches',
        );
      }
      if (guard) sharedReads(guard, watches);
    }
  }
  if (read.locals.length > 0) {
    throw new LanguageError(readMachine(monitor.machine).name, '(root)', 'locals', 'a monitor only watches');
  }
  return { ...read, check, watches, violated: read.places.findIndex((p) => p.name === VIOLATED) };
}

/** Reads a system; throws a LanguageError, ReferenceError or RangeError that says where the model is wrong. */
export function readSystem(system: System): Program {
  const declared = new Map(system.shared.map((variable) => [variable.name, variable]));
  if (declared.size !== system.shared.length) throw new ReferenceError('a shared variable is declared twice');
  let branches = 0;
  const threads = system.threads.map((thread, number) =>
    readRunner(thread, number, declared, () => branches++),
  );
  const scope: Scope = { declared, locals: {}, parameters: {}, groups: {} };
  let monitorCount = 0;
  const monitors = system.checks.flatMap((check, number) =>
    check.monitors.map((monitor) => readMonitor(monitor, monitorCount++, number, declared)),
  );
  const foldAll = (name: string, conditions: readonly Condition[]): readonly Condition[] =>
    conditions.map((c) => within(`check '${name}'`, () => ({ ...c, that: fold(c.that, scope) })));
  const checks = system.checks.map((check, number) => ({
    number,
    declared: check,
    always: foldAll(check.name, check.always),
    atEnd: foldAll(check.name, check.atEnd),
  }));
  const checkNumber = new Map(system.checks.map((check, number) => [check.name, number]));
  if (checkNumber.size !== system.checks.length) throw new ReferenceError('a check is declared twice');
  return { system, declared, threads, monitors, checks, checkNumber, branches, scope };
}

/** The place of a thread in a place number. */
export function placeOf(thread: ProgramThread, place: number): ProgramPlace {
  const found = thread.places[place];
  if (!found) throw new RangeError(`thread '${thread.id}': no place ${place}`);
  return found;
}
