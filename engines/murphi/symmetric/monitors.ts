import type { ProgramMonitor } from '../../../explorer/program/program.ts';
import { indent, quoted } from '../step.ts';
import type { Context } from './context.ts';
import { branched } from './effects.ts';
import type { SymmetricText } from './text.ts';

/** Monitors: a procedure for those that are alike lets one of them take its step. */
export class MonitorText {
  private readonly text: SymmetricText;
  /** By the number of the first monitor of an orbit. */
  private readonly procedures = new Map<number, string>();

  constructor(text: SymmetricText) {
    this.text = text;
    for (const { number, id } of text.plan.program.monitors)
      if (text.storage.monitors.has(number)) this.procedures.set(number, text.names.fresh(`watch ${id}`));
  }

  /** Lets all monitors that are like this one take a step; null if another one stands for them. */
  call(monitor: ProgramMonitor): string | null {
    const name = this.procedures.get(monitor.number);
    if (name === undefined) return null;
    const { bound } = this.contextOf(monitor);
    return this.text.looped(bound, `${name}(${bound.map((b) => b.name).join(', ')});`);
  }

  /** The variable of the place of a monitor. */
  placeOf({ number }: ProgramMonitor, { bound }: Context): string {
    return this.text.storage.monitors.get(number)! + bound.map((b) => `[${b.name}]`).join('');
  }

  contextOf({ scope, number }: ProgramMonitor): Context {
    return this.text.inside(scope, null, this.text.bases.monitors[number]!);
  }

  texts(): readonly string[] {
    return this.text.plan.program.monitors.flatMap((m) => {
      const name = this.procedures.get(m.number);
      if (name === undefined) return [];
      const c = this.contextOf(m);
      return [
        `procedure ${name}(${this.text.declared(c.bound)});\nbegin\n${indent(this.body(m, c), 2)}\nend;`,
      ];
    });
  }

  /** The first branch that is open; where it would report, the monitor stays. */
  private body(monitor: ProgramMonitor, c: Context): string {
    const { plan } = this.text;
    const place = this.placeOf(monitor, c);
    const report = plan.judge
      ? `assert false ${quoted(plan.program.checks[monitor.check]!.declared.name)};`
      : '';
    const cases = monitor.places
      .filter((p) => p.number !== monitor.violated && p.events.length > 0)
      .map((p) => {
        const branches = p.events.flatMap((e) => e.branches);
        const first = branches.findIndex((b) => b.guard === null);
        const live = first < 0 ? branches : branches.slice(0, first + 1);
        const ways = live.map(({ guard, target }) => ({
          test: guard && this.text.truth(guard, c),
          then: target === monitor.violated ? report : target === p.number ? '' : `${place} := ${target};`,
        }));
        return { test: `${place} = ${p.number}`, then: `-- ${p.name}\n${branched(ways)}` };
      });
    return cases.length === 0 ? '' : branched(cases);
  }
}
