import type { HandOvers } from '../explorer/trace/trace.ts';
import { count } from './verdicts.ts';

/** In one sentence, whether the hand-overs of a run are needed. */
export function handOversText({ needed, searched, fewest, states, reason }: HandOvers): string {
  if (searched < 0) return 'It needs no hand-over: one thread does it alone.';
  const extent = searched === 0 ? 'without one' : `with at most ${count(searched, 'hand-over')}`;
  if (fewest) {
    const { steps, switches } = fewest;
    return `Not all hand-overs are needed: a run of ${count(steps, 'step')} with ${count(switches, 'hand-over')} violates it too.`;
  }
  if (needed) {
    return `It needs at least ${count(searched + 1, 'hand-over')}: no run ${extent} violates it, however long (exhaustive, ${count(states, 'state')}).`;
  }
  return `Whether a run ${extent} violates it was not decided (${reason ?? 'the search ended early'}, ${count(states, 'state')}).`;
}
