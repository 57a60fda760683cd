import type { Move } from '../explorer/outcome.ts';
import { ReplayError } from '../explorer/trace/replay.ts';
import type { Trace } from '../explorer/trace/trace.ts';
import type { System } from '../model/language/system.ts';
import { InputError } from '../model/scenarios/input-error.ts';
import { quoted } from '../model/scenarios/quoted.ts';
import { didYouMean } from '../model/scenarios/suggestion.ts';
import type { Engine } from './check.ts';
import { difference } from './recorded-difference.ts';
import type { RecordedTrace } from './trace-file.ts';

/**
 * Runs a recorded trace again, step by step, and compares everything that the file says of it. Throws an InputError that
 * names the first step which the model does not take, or takes otherwise than recorded. What only a search can know
 * (`shortest`) is the file's word.
 */
export function replayRecorded(
  recorded: RecordedTrace,
  system: System,
  replay: Engine['replay'],
  origin: string,
): Trace {
  const { shortest, loop, property } = recorded;
  const run = { moves: movesOf(recorded, system, origin), switches: 0, shortest };
  const trace = replayed(
    () => replay(system, loop === null ? run : { ...run, lasso: loop }, property),
    recorded,
    origin,
  );
  compare(recorded, trace, origin);
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
      changed,
    );
  }
}

const changed = 'the file was changed, or written by another version of the model';

/** In the order in which a reader would look: the steps, then what is said of the whole. */
function compare({ members, steps }: RecordedTrace, trace: Trace, origin: string): void {
  const places: readonly (readonly [string, Parameters<typeof difference>[0], unknown])[] = [
    ['initial', members.get('initial'), trace.initial],
    ...steps.map(({ value }, i) => [`steps[${i}]`, value, trace.steps[i]] as const),
    ['violation', members.get('violation'), trace.violation],
    ['switches', members.get('switches'), trace.switches],
  ];
  for (const [path, value, now] of places) {
    const found = difference(value, now);
    if (found === null) continue;
    const what = `the file says ${found.recorded}, the replay ${found.now}`;
    throw new InputError('replay', `${origin}: ${path}${found.path}`, what, changed);
  }
}
