import type { TraceStep } from '../../explorer/trace/trace.ts';
import { shownSteps } from '../causal-past.ts';
import { lanesOf } from '../rows.ts';
import type { ReportedCounterexample } from './input.ts';
import { Numbered } from './numbered.ts';
import type { PackedPlace, PackedStep, PackedTrace } from './page-data.ts';

/** Traces in the form of the page: a state is told by what differs from the one before, and a string stands once. */
export class Packing {
  private readonly texts = new Numbered<string>();
  private readonly positions = new Numbered<PackedPlace>();

  get strings(): readonly string[] {
    return this.texts.all;
  }

  get places(): readonly PackedPlace[] {
    return this.positions.all;
  }

  trace(id: string, { told }: ReportedCounterexample, claim: string): PackedTrace {
    const { trace, whole, property, scenario } = told;
    const parts = lanesOf(trace, whole);
    const ids = [...new Set([...parts, ...trace.steps.map((step) => step.thread)])];
    const shown = new Set(shownSteps(trace, whole));
    let before = trace.initial.shared;
    const initial = this.pairs(before);
    const steps = trace.steps.map((step) => {
      const changed = Object.entries(step.state.shared).filter(([at, value]) => before[at] !== value);
      before = step.state.shared;
      return this.step(step, ids.indexOf(step.thread), shown.has(step), Object.fromEntries(changed));
    });
    const runs = new Map(told.threads.map((thread) => [thread.id, thread.run]));
    const threads = ids.map((name) => ({ id: name, run: runs.get(name) ?? '', part: parts.includes(name) }));
    const { switches, shortest, loop, violation } = trace;
    return { id, property, scenario, claim, shortest, switches, loop, violation, threads, initial, steps };
  }

  private step(
    step: TraceStep,
    cpu: number,
    part: boolean,
    changed: Readonly<Record<string, string>>,
  ): PackedStep {
    const { says, file, source, line } = step;
    const place = this.positions.of([
      this.texts.of(step.step),
      this.texts.of(says),
      this.texts.of(step.function),
      this.texts.of(file),
      this.texts.of(source),
      line,
    ]);
    const lists = [
      ...[step.reads, step.writes, step.acquires, step.releases].map((list) =>
        list.map((at) => this.texts.of(at)),
      ),
      this.pairs(changed),
      this.pairs(Object.fromEntries(step.locals.map(({ name, after }) => [name, after]))),
    ];
    while (lists.at(-1)?.length === 0) lists.pop();
    return [cpu, place, part ? 1 : 0, ...lists];
  }

  private pairs(values: Readonly<Record<string, string>>): readonly number[] {
    return Object.entries(values).flatMap(([at, value]) => [this.texts.of(at), this.texts.of(value)]);
  }
}
