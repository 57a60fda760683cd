import type { SourceLines } from './input.ts';
import type { PackedSource } from './page-data.ts';

/** Lines shown above and below the one that a step stands on. */
const around = 14;

/** The lines of the source that the steps stand on, with some around them. */
export function packSources(
  steps: readonly { readonly file: string; readonly line: number }[],
  source: SourceLines,
): readonly PackedSource[] {
  const wanted = new Map<string, Set<number>>();
  for (const { file, line } of steps) {
    const lines = wanted.get(file) ?? new Set();
    for (let n = Math.max(1, line - around); n <= line + around; n++) lines.add(n);
    wanted.set(file, lines);
  }
  return [...wanted].flatMap(([file, lines]) => {
    const runs: [number, string[]][] = [];
    for (const n of [...lines].sort((a, b) => a - b)) {
      const text = source(file, n);
      if (text === null) continue;
      const last = runs.at(-1);
      if (last && last[0] + last[1].length === n) last[1].push(text);
      else runs.push([n, [text]]);
    }
    return runs.length === 0 ? [] : [{ file, runs }];
  });
}
