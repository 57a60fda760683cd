import { quoted } from './quoted.ts';

/** Number of single-character edits (insert, delete, replace, swap of neighbours) between two words. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, before[j - 2]! + 1);
      next.push(best);
    }
    [before, row] = [row, next];
  }
  return row[b.length]!;
}

/** The known name that was probably meant; null when none is near. */
export function nearest(given: string, known: readonly string[]): string | null {
  if (given.length > 100) return null;
  const word = given.toLowerCase();
  let best: string | null = null;
  let least = Math.max(1, Math.floor(word.length * 0.4)) + 1;
  for (const name of known) {
    const d = distance(word, name.toLowerCase());
    if (d < least) [best, least] = [name, d];
  }
  return best ?? known.find((name) => word.length >= 3 && name.toLowerCase().includes(word)) ?? null;
}

/** "did you mean 'x'?", or the known names where none is near. */
export function didYouMean(given: string, known: readonly string[]): string {
  const near = nearest(given, known);
  if (near !== null) return `did you mean ${quoted(near)}?`;
  return known.length === 0 ? '' : `known: ${known.join(', ')}`;
}
