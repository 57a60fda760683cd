import type { ProgramThread } from '../../explorer/program/program.ts';
import { bounds, elements, type SharedDeclaration, type Type } from '../../model/language/variable.ts';
import { Names } from '../plan/names.ts';
import type { Plan, PlanCondition } from '../plan/plan.ts';
import type { Bias } from './biased.ts';
import { reserved } from './words.ts';

/** Under which names the things of a plan stand in the text. */
export interface PromelaContext {
  readonly plan: Plan;
  readonly shared: ReadonlyMap<string, string>;
  /** Flags that a step raises for the monitors. */
  readonly scratch: ReadonlyMap<string, string>;
  /** By thread number. */
  readonly proctypes: readonly string[];
  readonly locals: readonly ReadonlyMap<string, string>[];
  readonly labels: readonly (readonly string[])[];
  /** Bits that tell that a thread has ended, by thread number. */
  readonly ended: readonly string[];
  /** By monitor number: the variable of its place, and the inline that lets it step. */
  readonly monitors: readonly { readonly place: string; readonly watch: string }[];
  readonly checks: readonly string[];
  readonly conditions: ReadonlyMap<PlanCondition, string>;
  /** The process that judges states in which no step is enabled; null where SPIN's own judgement is the same. */
  readonly judge: { readonly name: string; readonly dies: string } | null;
  readonly bias: (thread: ProgramThread | null) => Bias;
}

/** What is added to values of the type so that none is negative. */
const biasOf = (type: Type): number => Math.max(0, -bounds(type).low);

export function contextOf(plan: Plan): PromelaContext {
  const { program } = plan;
  const names = new Names(reserved);
  const named = <T>(list: readonly T[], wanted: (one: T) => string): string[] =>
    list.map((one) => names.fresh(wanted(one)));
  const flags = new Set(
    plan.threads
      .flatMap((t) => t.places.flatMap((p) => p.steps.flatMap((s) => s.ways)))
      .flatMap((w) => w.scratch),
  );
  const shared = new Map(program.system.shared.map((v) => [v.name, names.fresh(v.name)] as const));
  const scratch = new Map([...flags].map((flag) => [flag, names.fresh(flag)] as const));
  const proctypes = named(program.threads, (t) => t.id);
  const ended = named(program.threads, (t) => `ended ${t.id}`);
  const monitors = program.monitors.map((m) => {
    const check = program.checks[m.check]!.declared.name;
    return { place: names.fresh(`${check} ${m.id}`), watch: names.fresh(`watch ${check} ${m.id}`) };
  });
  const checks = named(program.checks, (c) => c.declared.name);
  const conditions = new Map(
    [...plan.always, ...plan.atEnd].map((c, n) => [c, names.fresh(`${checks[c.check]} kept ${n}`)] as const),
  );
  const spinJudges = plan.judge ? judgedBySpin(plan) : null;
  const judge =
    plan.judge && asksForDeadlocks(plan) && spinJudges === null
      ? { name: names.fresh('judge'), dies: names.fresh('dies') }
      : null;
  const scopes = program.threads.map(() => names.inner());
  const locals = program.threads.map(
    (t) => new Map(t.locals.map((l) => [l.name, scopes[t.number]!.fresh(l.name)] as const)),
  );
  const labels = program.threads.map((t) =>
    t.places.map((p) => {
      const stays = p.final !== null || spinJudges === null;
      return scopes[t.number]!.fresh(`${stays ? 'end' : 'at'} ${p.name}`);
    }),
  );
  const bias =
    (thread: ProgramThread | null): Bias =>
    (read) => {
      if (read.k === 'shared') return biasOf(program.declared.get(read.name)!.type);
      const local = thread?.scope.locals[read.name];
      return local ? biasOf(local.type) : 0;
    };
  return {
    plan,
    shared,
    scratch,
    proctypes,
    locals,
    labels,
    ended,
    monitors,
    checks,
    conditions,
    judge,
    bias,
  };
}

const asksForDeadlocks = (plan: Plan): boolean =>
  plan.program.checks.some((c) => c.declared.deadlock !== null);

/**
 * The number of the check that SPIN's own judgement decides, if there is one: it calls a state an invalid end state if no
 * process can move and one is not at a label that begins with "end" (spinroot.com/spin/Man/end.html). That is a deadlock
 * without tags and without threads that die.
 */
export function judgedBySpin(plan: Plan): number | null {
  const deadlocks = plan.program.checks.filter((c) => c.declared.deadlock !== null);
  const [only] = deadlocks;
  if (!only || deadlocks.length > 1 || plan.canStop || only.declared.deadlock!.onlyAt !== null) return null;
  return only.number;
}

/** The declaration of a variable, with a comment on a value that is stored otherwise. */
export function declaration(name: string, type: Type, count: number, initial: readonly number[]): string {
  const { low, high } = bounds(type);
  const by = biasOf(type);
  const values = initial.map((value) => value + by);
  const array = count > 1 ? `[${count}]` : '';
  const same = values.every((value) => value === values[0]);
  const list = same ? String(values[0]) : `{ ${values.join(', ')} }`;
  const note =
    by > 0 ? ` /* the value + ${by}${by === 1 && type.kind === 'member' ? ': none is 0' : ''} */` : '';
  return `${wordFor(low + by, high + by)} ${name}${array} = ${list};${note}`;
}

function wordFor(low: number, high: number): string {
  if (low >= 0 && high <= 1) return 'bit';
  if (low >= 0 && high <= 255) return 'byte';
  return low >= -32768 && high <= 32767 ? 'short' : 'int';
}

/** An array of one element is a plain variable. */
export const isArray = (variable: SharedDeclaration): boolean => elements(variable) > 1;
