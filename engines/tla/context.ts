import { Names } from '../plan/names.ts';
import type { Plan, PlanCondition } from '../plan/plan.ts';

/** Words of TLA+ and names of the standard modules that are used (Lamport, "Specifying Systems", chapters 15 and 18). */
const reserved: readonly string[] = [
  ...'ASSUME ASSUMPTION AXIOM CASE CHOOSE CONSTANT CONSTANTS DOMAIN ELSE ENABLED EXCEPT EXTENDS IF IN'.split(
    ' ',
  ),
  ...'INSTANCE LET LOCAL MODULE OTHER SF_ SUBSET THEN THEOREM UNCHANGED UNION VARIABLE VARIABLES WF_ WITH'.split(
    ' ',
  ),
  ...'RECURSIVE BY DEF DEFINE HAVE HIDE LEMMA NEW OBVIOUS OMITTED PICK PROOF PROVE QED STATE SUFFICES TAKE'.split(
    ' ',
  ),
  ...'TEMPORAL USE WITNESS ACTION LAMBDA TRUE FALSE BOOLEAN STRING Nat Int Seq Assert Print PrintT Any'.split(
    ' ',
  ),
  // Operators of the text, their parameters, and names inside a function.
  ...'Stopped n t u m a b i0 i1 i2 i3'.split(' '),
  ...'Init Next Spec TypeOK vars Rem Threads Waits Dies Open Number JavaTime Permutations SortSeq ToString'.split(
    ' ',
  ),
];

/** Under which names the things of a plan stand in the module. */
export interface TlaContext {
  readonly plan: Plan;
  readonly shared: ReadonlyMap<string, string>;
  /** By thread number: the variable of its place, the names of its places as texts, its locals. */
  readonly threads: readonly {
    readonly at: string;
    readonly prefix: string;
    readonly locals: ReadonlyMap<string, string>;
  }[];
  readonly monitors: readonly { readonly place: string; readonly next: string; readonly reports: string }[];
  readonly conditions: ReadonlyMap<PlanCondition, string>;
  /** Operators of checks, by number. */
  readonly checks: readonly string[];
  readonly deadlocks: readonly string[];
  /** All variables, in the order of their declaration. */
  readonly variables: readonly string[];
  readonly fresh: (wanted: string) => string;
}

export function contextOf(plan: Plan): TlaContext {
  const { program } = plan;
  const names = new Names(reserved);
  const fresh = (wanted: string): string => names.fresh(wanted);
  const checkName = (check: number): string => program.checks[check]!.declared.name;
  const shared = new Map(program.system.shared.map((v) => [v.name, fresh(v.name)] as const));
  const threads = program.threads.map((t) => {
    const prefix = fresh(/^[A-Za-z]/.test(t.id) ? t.id : `t${t.id}`);
    const locals = new Map(t.locals.map((l) => [l.name, fresh(`${prefix} ${l.name}`)] as const));
    return { at: fresh(`at ${prefix}`), prefix, locals };
  });
  const monitors = program.monitors.map((m) => {
    const name = `${checkName(m.check)} ${m.id}`;
    return { place: fresh(name), next: fresh(`next ${name}`), reports: fresh(`reports ${name}`) };
  });
  const conditions = new Map(
    [...plan.always, ...plan.atEnd].map((c, n) => [c, fresh(`${checkName(c.check)} kept ${n}`)] as const),
  );
  const variables = [
    ...shared.values(),
    ...threads.flatMap((t) => [t.at, ...t.locals.values()]),
    ...monitors.map((m) => m.place),
  ];
  return {
    plan,
    shared,
    threads,
    monitors,
    conditions,
    checks: program.checks.map((c) => fresh(`kept ${c.declared.name}`)),
    deadlocks: program.checks.map((c) => fresh(`no deadlock ${c.declared.name}`)),
    variables,
    fresh,
  };
}
