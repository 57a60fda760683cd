import { type Alignment, align } from '../../review/anchors/align.ts';
import { version5 } from '../../review/anchors/version-5.ts';
import { digestOf } from '../../review/claims/digest.ts';
import { type Claim, claims } from '../../review/claims/index.ts';
import { commentsOf } from '../../review/comments/comments-of.ts';
import type { Patch } from '../../review/diff/patch.ts';
import { textProtocol } from '../../review/translate/text-protocol.ts';

/** The claims that patches make, in our order. */
export function claimsOf(patches: readonly Patch[]): readonly Claim[] {
  const digests = new Set(patches.flatMap(commentsOf).map(({ text }) => digestOf(text)));
  return claims.filter((claim) => digests.has(claim.comment));
}

/** What the model has of the statements of patches. Throws a PatchError for a text that cannot be parsed. */
export async function alignmentOf(
  patches: readonly Patch[],
  symbols: Readonly<Record<string, number>>,
): Promise<Alignment> {
  const { parsedFor } = await textProtocol('', patches, symbols);
  return align(parsedFor({ debugVm: true, splitPtlocks: true, rcuTableFree: false }), version5);
}
