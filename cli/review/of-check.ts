import { isDeepStrictEqual } from 'node:util';
import type { Judge } from '../../checking/claims.ts';
import type { PropertyResult, ScenarioResult } from '../../checking/result.ts';
import { ascii } from '../../evidence/ascii.ts';
import type { ReviewPage } from '../../evidence/review/page.ts';
import { InputError } from '../../model/scenarios/input-error.ts';
import { suites } from '../../model/scenarios/suites/index.ts';
import type { Alignment } from '../../review/anchors/align.ts';
import { commentsOf } from '../../review/comments/comments-of.ts';
import type { Patch } from '../../review/diff/patch.ts';
import { reconfigured } from '../config-overrides.ts';
import { namesText } from '../find-protocol.ts';
import { alignmentOf, claimsOf } from './claims-of.ts';
import { reviewPage } from './review-page.ts';

/** Patches as a report reviews them. */
export interface ReviewedPatches {
  readonly patches: readonly Patch[];
  readonly alignment: Alignment | null;
  /** The configuration of the check, where it is another than that of its scenarios. */
  readonly overrides: Readonly<Record<string, unknown>>;
  /** What to know of the texts. */
  readonly notes: readonly string[];
}

/**
 * Prepares the review of patches that were given for their lines. They need not be ones whose statements can be compared: then
 * that is a note. Null if there is no comment in them.
 */
export async function reviewedPatches(
  patches: readonly Patch[],
  symbols: Readonly<Record<string, number>>,
  overrides: Readonly<Record<string, unknown>>,
): Promise<ReviewedPatches | null> {
  if (patches.every((patch) => commentsOf(patch).length === 0)) return null;
  try {
    return { patches, overrides, alignment: await alignmentOf(patches, symbols), notes: [] };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const note = `The statements were not compared: ${error.message}.`;
    return { patches, overrides, alignment: null, notes: [note] };
  }
}

interface Checked {
  readonly protocol: string;
  readonly done: readonly ScenarioResult[];
  readonly draw: (result: PropertyResult) => string;
}

/** The review of patches from the results of a check, whatever that was asked to search. */
export function reviewOfCheck(
  { patches, alignment, overrides, notes }: ReviewedPatches,
  { protocol, done, draw }: Checked,
): ReviewPage {
  const found = new Map<string, PropertyResult>();
  for (const { scenario, results } of done) {
    // A claim is about the scenario that has this name in the suite, not about another one that somebody calls the same.
    const meant = suites.default.find((s) => s.name === scenario.name);
    if (!meant || !isDeepStrictEqual(reconfigured(meant, overrides), scenario)) continue;
    for (const result of results) found.set(JSON.stringify([scenario.name, result.property]), result);
  }
  const judge: Judge = (asked, scenario, property) =>
    asked === null || asked === protocol ? (found.get(JSON.stringify([scenario, property])) ?? null) : null;
  return reviewPage({
    patches,
    there: claimsOf(patches),
    alignment,
    judge,
    basis: [
      `The comments of the patches that stand in version 5 word for word and promise something are restated and judged by the searches of this report, on its protocol ${ascii(protocol)}${namesText(protocol) ? '' : ' and not on the code of the patches'}. A claim whose searches are not among them is not decided; \`cowpte review\` makes all that the claims of a patch need. Lines count in the files as each patch leaves them.`,
      ...notes.map((note) => ascii(note, 600)),
    ],
    draw,
  });
}
