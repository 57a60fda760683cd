import type { PackedSource } from './page-data.ts';
import { around } from './sources.ts';
import type { ShownStep, ShownTrace } from './unpack.ts';

/** The lines of the patched source by what the numbers count in, file and number; empty where nobody gave the patch. */
export type Sources = ReadonlyMap<string, ReadonlyMap<number, string>>;

/** A line in a window of source: where the CPU stands, where it goes on this run, or any other; or the head of a function. */
export interface ListedLine {
  /** Null for what stands in no line. */
  readonly line: number | null;
  readonly text: string;
  readonly kind: 'current' | 'taken' | 'other' | 'head';
}

const keyOf = (source: string, file: string): string => `${source} ${file}`;

export function readSources(packed: readonly PackedSource[]): Sources {
  return new Map(
    packed.map(({ source, file, runs }) => [
      keyOf(source, file),
      new Map(runs.flatMap(([first, lines]) => lines.map((text, i) => [first + i, text] as const))),
    ]),
  );
}

/** What the window of a CPU shows while it stands at a step: the source, else the steps' own words in their order. */
export function listing(trace: ShownTrace, sources: Sources, at: ShownStep): readonly ListedLine[] {
  const lines = sources.get(keyOf(at.source, at.file));
  const own = trace.steps.filter((step) => step.cpu === at.cpu);
  return lines?.has(at.line) ? sourceAround(lines, own, at) : ownWords(own, at);
}

function sourceAround(
  lines: ReadonlyMap<number, string>,
  own: readonly ShownStep[],
  at: ShownStep,
): readonly ListedLine[] {
  const taken = new Set(own.filter((s) => s.file === at.file && s.source === at.source).map((s) => s.line));
  const listed: ListedLine[] = [];
  for (let line = at.line - around; line <= at.line + around; line++) {
    const text = lines.get(line);
    if (text === undefined) continue;
    listed.push({ line, text, kind: line === at.line ? 'current' : taken.has(line) ? 'taken' : 'other' });
  }
  return listed;
}

function ownWords(own: readonly ShownStep[], at: ShownStep): readonly ListedLine[] {
  return own.flatMap((step, i) => {
    const { line, says } = step;
    const listed: ListedLine = { line, text: says, kind: step.n === at.n ? 'current' : 'taken' };
    if (i > 0 && own[i - 1]!.function === step.function) return [listed];
    return [{ line: null, text: `${step.function}() in ${step.file}`, kind: 'head' }, listed];
  });
}
