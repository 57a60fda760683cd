import type { Code } from './code.ts';
import type { Emitter } from './emitter.ts';
import { liveBefore } from './liveness.ts';

/** What was emitted, as a function. */
export function codeOf(to: Emitter, head: Pick<Code, 'name' | 'parameters' | 'returns' | 'at'>): Code {
  const instructions = to.finished();
  return {
    ...head,
    instructions,
    kept: to.kept,
    sourceName: to.scope.sourceName,
    types: to.scope.types,
    live: liveBefore(instructions, to.kept),
  };
}
