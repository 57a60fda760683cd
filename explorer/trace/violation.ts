import type { Assertion, Effect } from '../../model/language/effect.ts';
import type { Expression } from '../../model/language/expression.ts';
import { evaluate, type Moment, type Scope } from '../../model/language/interpreter.ts';
import type { Condition } from '../../model/language/system.ts';
import { type Configuration, momentOf } from '../program/configuration.ts';
import { allHaveEnded } from '../program/judge.ts';
import { type Program, type ProgramMonitor, placeOf } from '../program/program.ts';
import { DeadlockJudge } from '../search/deadlock.ts';
import { type XStateStep, xstateSuccessors } from '../xstate/successors.ts';
import { stayingThreads } from './lap.ts';
import type { Naming } from './naming.ts';
import type { TraceViolation } from './trace.ts';

type Text = Omit<TraceViolation, 'step'>;

/** The last moment of a run. */
export interface Last {
  readonly before: Configuration;
  readonly after: Configuration;
  /** Null if the run has no step. */
  readonly step: XStateStep | null;
  /** The states in which the run goes round for ever; null if it ends. */
  readonly lap: readonly Configuration[] | null;
}

/** What the check needed at the end of the run and what it found; null if the run does not violate it. */
export function violationOf(program: Program, check: number, last: Last, naming: Naming): Text | null {
  if (last.lap) return endlessStay(program, check, last.lap);
  return (
    brokenPromise(program, check, last, naming) ??
    brokenLife(program, check, last, naming) ??
    brokenCondition(program, check, last.after, naming) ??
    deadlock(program, check, last.after, naming)
  );
}

function endlessStay(program: Program, check: number, lap: readonly Configuration[]): Text | null {
  const tag = program.checks[check]!.declared.leaves;
  if (tag === null) return null;
  const staying = stayingThreads(program, lap, tag);
  if (staying.length === 0) return null;
  const each = staying.map((t) => `${t.id} is at ${placeOf(t, lap[0]!.threads[t.number]!.place).name} again`);
  return { needed: `every thread leaves '${tag}' in the end`, found: each.join('; ') };
}

/** Puts the values of facts into a text. A fact that is nothing but a variable is written as a value of its type. */
function fill(
  text: string,
  facts: readonly Expression[],
  values: readonly number[],
  scope: Scope,
  naming: Naming,
): string {
  return text.replace(/\{(\d+)\}/g, (whole, n: string) => {
    const fact = facts[Number(n)];
    const value = values[Number(n)];
    if (!fact || value === undefined) return whole;
    if (fact.k === 'local') return naming.value(scope.locals[fact.name]!.type, value);
    if (fact.k === 'shared') return naming.value(scope.declared.get(fact.name)!.type, value);
    return String(value);
  });
}

const assertionsIn = (effects: readonly Effect[]): Assertion[] =>
  effects.flatMap((e) => {
    if (e.k === 'if') return [...assertionsIn(e.then), ...assertionsIn(e.otherwise)];
    return e.k === 'assert' ? [e] : [];
  });

function brokenPromise(program: Program, check: number, { step }: Last, naming: Naming): Text | null {
  const broken = step?.broken.find((b) => program.checkNumber.get(b.check) === check);
  if (!step || !broken) return null;
  const written = assertionsIn(step.branch.effects).find(
    (a) => a.check === broken.check && a.needed === broken.needed && a.found === broken.found,
  );
  const { scope } = program.threads[step.thread]!;
  const put = (text: string): string => fill(text, written?.facts ?? [], broken.facts, scope, naming);
  return { needed: put(broken.needed), found: put(broken.found) };
}

function brokenLife(program: Program, check: number, last: Last, naming: Naming): Text | null {
  const monitor = last.step?.reported.find((m) => m.check === check);
  if (!monitor) return null;
  const place = placeOf(monitor, last.before.monitors[monitor.number]!);
  const branches = place.events.flatMap((e) => e.branches);
  const allowed = new Set(
    branches.filter((b) => b.target !== monitor.violated).map((b) => monitor.places[b.target]!.name),
  );
  const goals = allowed.size === 0 ? 'no further step' : `a step to ${[...allowed].join(' or ')}`;
  return {
    needed: `${monitor.id} is ${place.name}: ${goals}`,
    found: readsOf(monitor, place.number, momentOf(program, last.after), naming),
  };
}

/** What the guards of a monitor read, as `location = value`. */
function readsOf(monitor: ProgramMonitor, place: number, now: Moment, naming: Naming): string {
  const found = new Map<string, string>();
  for (const { guard } of placeOf(monitor, place).events.flatMap((e) => e.branches)) {
    if (!guard) continue;
    evaluate(guard, monitor.scope, now, {
      read: (variable, element, value) => {
        const part = variable.name === variable.location ? '' : ` (${variable.name})`;
        found.set(`${naming.location(variable, element)}${part}`, naming.value(variable.type, value));
      },
      write: () => {},
    });
  }
  return [...found].map(([at, value]) => `${at} = ${value}`).join(', ') || 'another step';
}

function brokenCondition(program: Program, check: number, now: Configuration, naming: Naming): Text | null {
  const { always, atEnd } = program.checks[check]!;
  const moment = momentOf(program, now);
  const judged: readonly Condition[] = [...always, ...(allHaveEnded(program, now) ? atEnd : [])];
  const broken = judged.find(({ that }) => evaluate(that, program.scope, moment) === 0);
  if (!broken) return null;
  const values = broken.facts.map((f) => evaluate(f, program.scope, moment));
  const put = (text: string): string => fill(text, broken.facts, values, program.scope, naming);
  return { needed: put(broken.needed), found: put(broken.found) };
}

function deadlock(program: Program, check: number, now: Configuration, naming: Naming): Text | null {
  if (program.checks[check]!.declared.deadlock === null) return null;
  if (xstateSuccessors(program, now).length > 0) return null;
  const { waiting, checks } = new DeadlockJudge(program).judge(now);
  if (!checks.includes(check)) return null;
  const each = waiting.map((w) => {
    const thread = program.threads[w.thread]!;
    const at = `${thread.id} waits at ${placeOf(thread, now.threads[w.thread]!.place).name}`;
    const locks = w.locks.map((l) => naming.location(l.variable, l.element));
    const on = [...w.on].map((n) => program.threads[n]!.id);
    const what = locks.length > 0 ? ` for ${locks.join(', ')}` : '';
    return at + what + (on.length > 0 ? ` (${on.join(', ')})` : '');
  });
  return { needed: 'a step that some thread can take', found: each.join('; '), deadlock: true };
}
