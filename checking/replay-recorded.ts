import type { Move } from '../explorer/outcome.ts';
import { ReplayError } from '../explorer/trace/replay.ts';
import type { Trace } from '../explorer/trace/trace.ts';
import type { System } from '../model/language/system.ts';
import { InputError } from '../model/scenarios/input-error.ts';
import { quoted } from '../model/scenarios/quoted.ts';
import { didYouMean } from '../model/scenarios/suggestion.ts';
import type { Engine } from './check.ts';
import type { RecordedTrace } from './trace-file.ts';

/**
 * Runs a recorded trace again, step by step, and compares. Throws an InputError that names the step for a trace that the
 * model does not run, and for one that ends otherwise than recorded.
 */
export function replayRecorded(
  recorded: RecordedTrace,
  system: System,
  replay: Engine['replay'],
  origin: string,
): Trace {
  const moves = movesOf(recorded, system, origin);
  const { switches, shortest, property } = recorded;
  const trace = replayed(() => replay(system, { moves, switches, shortest }, property), recorded, origin);
  recorded.steps.forEach(({ step }, i) => {
    const replayed = trace.steps[i]?.step;
    if (replayed === step) return;
    throw new InputError(
      'replay',
      `${origin}: steps[${i}]`,
      `is ${quoted(step)} in the file, but the model takes ${quoted(replayed ?? 'no step')} there`,
      'the file was written by another version of the model',
    );
  });
  compareViolations(recorded, trace, origin);
  return trace;
}

function movesOf(recorded: RecordedTrace, system: System, origin: string): readonly Move[] {
  const ids = system.threads.map((thread) => thread.id);
  return recorded.steps.map(({ thread, event }, i): Move => {
    const index = ids.indexOf(thread);
    if (index >= 0) return { thread: index, event };
    const where = `${origin}: steps[${i}].thread`;
    throw new InputError(
      'replay',
      where,
      `no thread ${quoted(thread)} in the scenario`,
      didYouMean(thread, ids),
    );
  });
}

/** The replay; a step that cannot be taken is a mistake of the file. */
function replayed(run: () => Trace, recorded: RecordedTrace, origin: string): Trace {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ReplayError)) throw error;
    const at = error.step - 1;
    throw new InputError(
      'replay',
      `${origin}: steps[${at}]`,
      `${error.message} (in the file it is ${quoted(recorded.steps[at]?.step ?? '')})`,
      'the file was changed, or written by another version of the model',
    );
  }
}

function compareViolations(
  { violation: before }: RecordedTrace,
  { violation: now }: Trace,
  origin: string,
): void {
  if (before === null && now === null) return;
  if (before?.step === now?.step && before?.needed === now?.needed && before?.found === now?.found) return;
  const told = (v: typeof now): string =>
    v === null ? 'no violation' : `a violation at step ${v.step} (needed ${v.needed}; found ${v.found})`;
  throw new InputError(
    'replay',
    `${origin}: violation`,
    `the file records ${before === null ? told(null) : quotedLong(told(before))}, the replay gives ${told(now)}`,
    'the file was changed, or written by another version of the model',
  );
}

const quotedLong = (text: string): string => text.slice(0, 300).replace(/[^\x20-\x7e]/g, '?');
