import type { Move } from '../explorer/outcome.ts';
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
  const run = (length: number): Trace =>
    replay(system, { moves: moves.slice(0, length), switches, shortest }, property);
  const trace = orFirstFailure(run, moves.length, recorded, origin);
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

/** The replay; if it fails, the error names the first step that cannot be taken. */
function orFirstFailure(
  run: (length: number) => Trace,
  length: number,
  recorded: RecordedTrace,
  origin: string,
): Trace {
  try {
    return run(length);
  } catch (error) {
    for (let n = 1; n <= length; n++) {
      try {
        run(n);
      } catch (first) {
        const { thread, step, event } = recorded.steps[n - 1]!;
        const move = `${quoted(thread)} cannot take ${quoted(event)} at ${quoted(step)}`;
        throw new InputError(
          'replay',
          `${origin}: steps[${n - 1}]`,
          `step ${n} is not possible: ${move} (${first instanceof Error ? first.message : String(first)})`,
          'the file was changed, or written by another version of the model',
        );
      }
    }
    throw error;
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
