import type { PackedSource } from './page-data.ts';

/** A line of a file as the numbers of its step count: after a part of the series, or before all of it. */
export interface SourcePlace {
  /** Such as `v5-04`, or `linux-6.1`. */
  readonly source: string;
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** The text of a line, without its end; null for a line that is not known. */
export type SourceLines = (place: SourcePlace) => string | null;

/** Lines shown above and below the one that a step stands on. */
export const around = 14;

/** The lines of the source that the steps stand on, with some around them. */
export function packSources(steps: readonly SourcePlace[], lineOf: SourceLines): readonly PackedSource[] {
  const wanted = new Map<
    string,
    { readonly source: string; readonly file: string; readonly lines: Set<number> }
  >();
  for (const { source, file, line } of steps) {
    const key = JSON.stringify([source, file]);
    const known = wanted.get(key) ?? { source, file, lines: new Set<number>() };
    for (let n = Math.max(1, line - around); n <= line + around; n++) known.lines.add(n);
    wanted.set(key, known);
  }
  return [...wanted.values()].flatMap(({ source, file, lines }) => {
    const runs: [number, string[]][] = [];
    for (const line of [...lines].sort((a, b) => a - b)) {
      const text = lineOf({ source, file, line });
      if (text === null) continue;
      const last = runs.at(-1);
      if (last && last[0] + last[1].length === line) last[1].push(text);
      else runs.push([line, [text]]);
    }
    return runs.length === 0 ? [] : [{ source, file, runs }];
  });
}
