import { type Effect, violate, when } from '../../language/effect.ts';
import type { Edits } from '../../variants/protocol.ts';
import type { ZapLocals } from './locals.ts';

/**
 * The last step of a path that returns success, or nothing at all: nobody hears of a break that failed on the way. A
 * corrected zap returns the error. */
export const droppedFailure = (l: ZapLocals, edits: Edits): readonly Effect[] =>
  l.broken === null || edits.zapInOneSection
    ? []
    : when(l.wentOn, [
        violate(
          'failure-reported',
          'an error returned after a break that failed',
          'the path returns success',
        ),
      ]);
