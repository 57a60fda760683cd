import type { PackedSource } from './page-data.ts';
import type { ShownStep, ShownTrace } from './unpack.ts';

/** The lines of the patched source by file and number; empty where nobody gave the patch. */
export type Sources = ReadonlyMap<string, ReadonlyMap<number, string>>;

/** A line in a window of source: where the CPU stands, where it has been or will be, or any other. */
export interface ListedLine {
  readonly line: number;
  readonly text: string;
  readonly kind: 'current' | 'visited' | 'other';
}

export function readSources(packed: readonly PackedSource[]): Sources {
  return new Map(
    packed.map(({ file, runs }) => [
      file,
      new Map(runs.flatMap(([first, lines]) => lines.map((text, i) => [first + i, text] as const))),
    ]),
  );
}

/** Lines shown above and below the current one. */
const around = 14;

/** What the window of a CPU shows while it stands at a step: the source, else the steps' own words at their lines. */
export function listing(trace: ShownTrace, sources: Sources, at: ShownStep): readonly ListedLine[] {
  const lines = sources.get(at.file);
  const own = trace.steps.filter((step) => step.cpu === at.cpu && step.file === at.file);
  const visited = new Set(own.map((step) => step.line));
  const kind = (line: number): ListedLine['kind'] =>
    line === at.line ? 'current' : visited.has(line) ? 'visited' : 'other';
  if (lines?.has(at.line)) {
    const listed: ListedLine[] = [];
    for (let line = at.line - around; line <= at.line + around; line++) {
      const text = lines.get(line);
      if (text !== undefined) listed.push({ line, text, kind: kind(line) });
    }
    return listed;
  }
  // Several steps may stand on one line: each says its own part of it. Loops come by again with the same words.
  const words = new Map<
    string,
    { readonly line: number; readonly text: string; readonly current: boolean }
  >();
  for (const step of own.filter((s) => s.function === at.function)) {
    const key = `${step.line} ${step.says}`;
    const current = step.line === at.line && step.says === at.says;
    words.set(key, { line: step.line, text: step.says, current });
  }
  return [...words.values()]
    .sort((a, b) => a.line - b.line)
    .map(({ line, text, current }) => ({ line, text, kind: current ? 'current' : 'visited' }));
}
