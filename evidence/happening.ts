import type { TraceStep } from '../explorer/trace/trace.ts';
import { STEP } from '../model/language/machine.ts';

/** What happens at a step, in words. Where a place offers several events, the words are those of the place: the event says which. */
export const happening = ({ says, event }: Pick<TraceStep, 'says' | 'event'>): string =>
  event === STEP ? says : `${says} ${event}`;
