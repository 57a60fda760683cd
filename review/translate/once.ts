import type { Hunk, Patch } from '../diff/patch.ts';
import { PatchError } from '../patch-error.ts';

/**
 * Throws a PatchError for a hunk that two patches have: what it adds to a function of which only a part is shown would be run twice.
 */
export function demandHunksOnce(patches: readonly Patch[]): void {
  const seen = new Map<string, string>();
  for (const { name, kind, files } of patches) {
    if (kind === 'source') continue;
    for (const { path, hunks } of files) {
      for (const hunk of hunks) {
        const key = JSON.stringify([path, hunk.newStart, ...said(hunk)]);
        const before = seen.get(key);
        if (before !== undefined) {
          const what = `this part of ${path} is in ${before === name ? 'it twice' : `${before} too`}`;
          const place = { name, mailLine: hunk.mailLine };
          throw new PatchError('same-file-twice', place, what, 'give each part of the series once');
        }
        seen.set(key, name);
      }
    }
  }
}

const said = ({ lines, removed }: Hunk): readonly string[] => [
  ...lines.map(({ added, text }) => (added ? '+' : ' ') + text),
  ...removed.map(({ text }) => `-${text}`),
];
