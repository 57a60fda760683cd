import type { CodeFlow, ThreadFlow, ThreadFlowLocation } from 'sarif';
import type { Trace, TraceStep } from '../../explorer/trace/trace.ts';
import { shownSteps } from '../causal-past.ts';
import { happening } from '../happening.ts';
import { placeOf } from './places.ts';
import { changedBy, type RunValues, runValues } from './values.ts';

/**
 * A run as one thread flow per CPU; `executionOrder` is the number of the step, so that a viewer can interleave them. The steps
 * of a violating run carry the whole state after them, those of a run for contrast what they changed.
 */
export function codeFlow(
  trace: Trace,
  threads: readonly { readonly id: string; readonly run: string }[],
  whole: boolean,
  text: string,
): CodeFlow {
  const values = runValues(trace);
  const shown = new Set(shownSteps(trace, whole));
  const order = [...new Set(trace.steps.map((step) => step.thread))];
  const flows = order.map((id, cpu): ThreadFlow => {
    const nesting = new Nesting();
    const own = trace.steps.filter((step) => step.thread === id);
    return {
      id,
      message: { text: `CPU${cpu}: ${id} runs ${threads.find((t) => t.id === id)?.run ?? '?'}` },
      initialState: values.initial,
      immutableState: values.immutable,
      locations: own.map((step) => locationOf(step, values, trace, shown, nesting)),
    };
  });
  return { message: { text }, threadFlows: flows };
}

function locationOf(
  step: TraceStep,
  values: RunValues,
  trace: Trace,
  shown: ReadonlySet<TraceStep>,
  nesting: Nesting,
): ThreadFlowLocation {
  const violates = trace.violation?.step === step.n;
  const { entered, depth } = nesting.enter(step.function);
  return {
    location: placeOf(step, `${happening(step)}${changesOf(step)}`),
    executionOrder: step.n,
    nestingLevel: depth,
    kinds: kindsOf(step, entered, violates),
    importance: violates ? 'essential' : shown.has(step) ? 'important' : 'unimportant',
    state: trace.violation === null ? changedBy(step) : values.after[step.n - 1]!,
    properties: { reads: step.reads, writes: step.writes, acquires: step.acquires, releases: step.releases },
  };
}

/** The words for kinds that the standard knows. */
function kindsOf(step: TraceStep, entered: boolean, violates: boolean): string[] {
  return [
    ...(entered ? ['enter', 'function'] : []),
    ...(step.acquires.length > 0 ? ['acquire', 'lock'] : []),
    ...(step.releases.length > 0 ? ['release', 'lock'] : []),
    ...(step.reads.length + step.writes.length > 0 ? ['memory'] : []),
    ...(violates ? ['danger'] : []),
  ].filter((kind, i, all) => all.indexOf(kind) === i);
}

const changesOf = ({ changes }: TraceStep): string =>
  changes
    .map(({ location, before, after }) => {
      const what = before === after ? `= ${after}, same value` : `${before} -> ${after}`;
      return ` [${location} ${what}]`;
    })
    .join('');

/** How deep a thread is in calls, by the functions of its steps. */
class Nesting {
  private readonly stack: string[] = [];

  enter(name: string): { readonly entered: boolean; readonly depth: number } {
    const caller = this.stack.lastIndexOf(name);
    if (caller >= 0) this.stack.length = caller + 1;
    else this.stack.push(name);
    return { entered: caller < 0, depth: this.stack.length - 1 };
  }
}
