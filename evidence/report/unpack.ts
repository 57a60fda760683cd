import type { PackedStep, PackedTrace, PageData } from './page-data.ts';

/** The values of all shared locations. */
export type Values = ReadonlyMap<string, string>;

/** A step as the page shows it. */
export interface ShownStep {
  /** Counted from 1. */
  readonly n: number;
  readonly cpu: number;
  /** Whether it has a part in the violation. */
  readonly part: boolean;
  readonly step: string;
  readonly says: string;
  readonly function: string;
  readonly file: string;
  /** Where the line numbers come from: a mail of the series or the kernel below it. */
  readonly source: string;
  readonly line: number;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly acquires: readonly string[];
  readonly releases: readonly string[];
  /** One for each location written; `before` equal to `after` where the same value was stored again. */
  readonly changes: readonly { readonly location: string; readonly before: string; readonly after: string }[];
  readonly locals: readonly { readonly name: string; readonly after: string }[];
  /** After the step. */
  readonly values: Values;
}

export interface ShownTrace extends Omit<PackedTrace, 'initial' | 'steps'> {
  readonly initial: Values;
  readonly steps: readonly ShownStep[];
  /** Locations whose value is not the same all the time. */
  readonly varying: ReadonlySet<string>;
}

/** Makes the full trace from its packed form. */
export function unpack(data: PageData, packed: PackedTrace): ShownTrace {
  const { initial: packedInitial, steps: packedSteps, ...rest } = packed;
  const pairs = (numbers: readonly number[]): [string, string][] => {
    const text = numbers.map((n) => data.strings[n]!);
    return text.flatMap((at, i) => (i % 2 === 0 ? [[at, text[i + 1]!] as [string, string]] : []));
  };
  const varying = new Set<string>();
  const initial: Values = new Map(pairs(packedInitial));
  let values = initial;
  const steps = packedSteps.map((step, i): ShownStep => {
    const [cpu, place, part] = step as readonly [number, number, number];
    const [name, says, of, file, source, line] = data.places[place]!;
    const list = (which: number): readonly string[] => listAt(step, which).map((n) => data.strings[n]!);
    const before = values;
    const changed = pairs(listAt(step, 4));
    for (const [at] of changed) varying.add(at);
    values = changed.length === 0 ? before : new Map([...before, ...changed]);
    const [reads, writes, acquires, releases] = [list(0), list(1), list(2), list(3)];
    return {
      n: i + 1,
      cpu,
      part: part === 1,
      step: data.strings[name]!,
      says: data.strings[says]!,
      function: data.strings[of]!,
      file: data.strings[file]!,
      source: data.strings[source]!,
      line,
      reads,
      writes,
      acquires,
      releases,
      changes: writes.map((location) => ({
        location,
        before: before.get(location) ?? '',
        after: values.get(location) ?? '',
      })),
      locals: pairs(listAt(step, 5)).map(([local, after]) => ({ name: local, after })),
      values,
    };
  });
  return { ...rest, initial, steps, varying };
}

const listAt = (step: PackedStep, which: number): readonly number[] =>
  (step[3 + which] ?? []) as readonly number[];
