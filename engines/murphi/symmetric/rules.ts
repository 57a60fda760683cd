import type { ProgramEvent, ProgramThread } from '../../../explorer/program/program.ts';
import { RenamedText } from '../../../explorer/reduce/renaming.ts';
import type { PlanPlace, PlanStep } from '../../plan/plan.ts';
import type { Way } from '../../plan/ways.ts';
import { indent, quoted } from '../step.ts';
import type { Context } from './context.ts';
import { branched, EffectText } from './effects.ts';
import { type Lifted, lifted, type Told } from './lifting.ts';
import type { MonitorText } from './monitors.ts';
import { distinctFrom, type SymmetricText } from './text.ts';

/** The events of a place, those that are alike as one. */
export function stepsOf(
  { place, steps }: PlanPlace,
  c: Context,
  text: SymmetricText,
): readonly Lifted<PlanStep>[] {
  const told: Told<PlanStep> = (step, renaming) =>
    eventText(place.events[steps.indexOf(step)]!, new RenamedText(renaming, c.scope));
  return lifted(
    steps.filter((s) => s.ways.length > 0),
    c,
    text.bases,
    told,
  );
}

const eventText = ({ branches }: ProgramEvent, text: RenamedText): string =>
  JSON.stringify(
    branches.map(({ guard, effects, target }) => [
      guard && text.expression(guard),
      text.effects(effects),
      target,
    ]),
  );

/** Truth: some way of the step can be taken. Together the guards of the ways say no more than those of the branches. */
export function openText({ ways }: PlanStep, c: Context, text: SymmetricText): string {
  const guards = ways.map((w) => text.truth(w.guard, c));
  return guards.includes('true') ? 'true' : `(${guards.join(' | ')})`;
}

/** Rules for an event of a place: one for each thread that is like this one and for each event that is like this. */
export class RuleText {
  private readonly text: SymmetricText;
  private readonly monitors: MonitorText;
  private readonly scratch: ReadonlyMap<string, string>;

  constructor(text: SymmetricText, monitors: MonitorText, scratch: ReadonlyMap<string, string>) {
    this.text = text;
    this.monitors = monitors;
    this.scratch = scratch;
  }

  rules(thread: ProgramThread, planned: PlanPlace, c: Context): readonly string[] {
    return stepsOf(planned, c, this.text).map(({ item, over }) =>
      c.with(over).needing((inner) => this.rule(thread, planned, item, inner)),
    );
  }

  private rule(thread: ProgramThread, { place }: PlanPlace, step: PlanStep, c: Context): string {
    const { text } = this;
    const effects = new EffectText(text);
    const flags = [...new Set(step.ways.flatMap((w) => w.scratch))].map((f) => this.scratch.get(f)!);
    const open = openText(step, c, text);
    const guard = [
      ...c.bound.flatMap((b) => distinctFrom(b) ?? []),
      text.at(thread.number, [place.number], c),
      ...(open === 'true' ? [] : [open]),
    ].join(' & ');
    const bodies = step.ways.map((way) => this.way(way, thread, effects, c));
    const body = branched(
      step.ways.map((way, n) => ({
        test: bodies.length === 1 ? null : text.truth(way.guard, c),
        then: bodies[n]!,
      })),
    );
    const rule = [
      `rule ${quoted(`${thread.id} ${place.name} ${step.event}`)}`,
      `  ${guard}`,
      '==>',
      ...flags.map((name) => `var ${name}: 0..1;`),
      ...effects.kept.map((declaration) => `var ${declaration}`),
      'begin',
      ...flags.map((name) => `  ${name} := 0;`),
      indent(body, 2),
      'end;',
    ].join('\n');
    if (c.bound.length === 0) return rule;
    return `ruleset ${text.declared(c.bound)} do\n${rule}\nend;`;
  }

  private way(way: Way, thread: ProgramThread, effects: EffectText, c: Context): string {
    const { places } = this.text.storage.threads.get(this.text.firstOf(thread.number))!;
    return [
      ...(way.effects.length === 0 ? [] : [effects.lines(way.effects, c)]),
      `${this.text.placeOf(thread.number, c)} := ${places[way.target]};`,
      ...way.watchers.flatMap(({ monitor, flags }) => {
        const watch = this.monitors.call(monitor);
        if (watch === null) return [];
        if (flags === null) return [watch];
        const raised = flags.map((f) => `${this.scratch.get(f)} = 1`).join(' | ');
        return [`if ${raised} then\n${indent(watch, 2)}\nend;`];
      }),
    ].join('\n');
  }
}
