import type { Move } from '../explorer/outcome.ts';
import { contrastRun } from '../explorer/trace/contrast.ts';
import { replay } from '../explorer/trace/replay.ts';
import type { Trace } from '../explorer/trace/trace.ts';
import type { System } from '../model/language/system.ts';

/**
 * For a trace of a system that violates a check a run of the same system that exercises it and does not violate it; see
 * contrastRun. It was replayed, and the replay found no violation. Null if none was found.
 */
export function contrastTrace(system: System, trace: Trace, check: string): Trace | null {
  const run = contrastRun(system, { moves: movesOf(trace, system) }, check);
  if (run === null) return null;
  const contrast = replay(system, run, check);
  if (contrast.violation !== null) throw new Error(`the run that should pass violates ${check}`);
  return contrast;
}

/** The moves of a trace of this system. */
function movesOf(trace: Trace, system: System): readonly Move[] {
  const ids = system.threads.map((thread) => thread.id);
  return trace.steps.map(({ thread, event }) => ({ thread: ids.indexOf(thread), event }));
}
