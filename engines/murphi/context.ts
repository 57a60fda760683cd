import { Names } from '../plan/names.ts';
import type { Plan, PlanCondition } from '../plan/plan.ts';
import { reserved } from './words.ts';

/** Under which names the things of a plan stand in the text. All names are global but those of scratch variables. */
export interface MurphiContext {
  readonly plan: Plan;
  readonly shared: ReadonlyMap<string, string>;
  readonly scratch: ReadonlyMap<string, string>;
  /** By thread number: the variable of the place, its type, the names of its places, its locals. */
  readonly threads: readonly {
    readonly at: string;
    readonly type: string;
    readonly places: readonly string[];
    readonly locals: ReadonlyMap<string, string>;
    readonly enabled: string;
  }[];
  readonly monitors: readonly { readonly place: string; readonly watch: string }[];
  /** Functions that tell whether a condition is kept. */
  readonly conditions: ReadonlyMap<PlanCondition, string>;
  readonly fresh: (wanted: string) => string;
}

export function contextOf(plan: Plan): MurphiContext {
  const { program } = plan;
  // Murphi ignores case in its words.
  const names = new Names([...reserved, ...reserved.map((w) => w.toUpperCase())]);
  const ways = plan.threads.flatMap((t) => t.places.flatMap((p) => p.steps.flatMap((s) => s.ways)));
  const flags = new Set(ways.flatMap((w) => w.scratch));
  const checkName = (check: number): string => program.checks[check]!.declared.name;
  return {
    plan,
    shared: new Map(program.system.shared.map((v) => [v.name, names.fresh(v.name)])),
    scratch: new Map([...flags].map((flag) => [flag, names.fresh(flag)])),
    threads: program.threads.map((t) => ({
      at: names.fresh(`at ${t.id}`),
      type: names.fresh(`place of ${t.id}`),
      places: t.places.map((p) => names.fresh(`${t.id} at ${p.name}`)),
      locals: new Map(t.locals.map((l) => [l.name, names.fresh(`${t.id} ${l.name}`)])),
      enabled: names.fresh(`enabled ${t.id}`),
    })),
    monitors: program.monitors.map((m) => ({
      place: names.fresh(`${checkName(m.check)} ${m.id}`),
      watch: names.fresh(`watch ${checkName(m.check)} ${m.id}`),
    })),
    conditions: new Map(
      [...plan.always, ...plan.atEnd].map((c, n) => [c, names.fresh(`${checkName(c.check)} kept ${n}`)]),
    ),
    fresh: (wanted) => names.fresh(wanted),
  };
}
