import type { AnyStateMachine } from 'xstate';
import type { Expression, Operand } from '../../model/language/expression.ts';
import { expression } from '../../model/language/expression.ts';
import { type Branch, ENDED, fragment, machine, type STOPPED, wire } from '../../model/language/machine.ts';
import type { Check, Permutation, System, ThreadDeclaration } from '../../model/language/system.ts';
import type { Domain, LocalDeclaration, SharedDeclaration } from '../../model/language/variable.ts';

type Goal<P extends string> = NoInfer<P> | typeof ENDED | typeof STOPPED;

/** The machine of a process whose source is the text of an algorithm: only names, branches and tags of places. */
export function algorithm<P extends string>(
  name: string,
  parts: {
    readonly entry: NoInfer<P>;
    readonly locals?: Readonly<Record<string, LocalDeclaration>>;
    readonly parameters?: readonly string[];
    readonly tags?: { readonly [K in NoInfer<P>]?: readonly string[] };
    readonly places: {
      readonly [K in P]: readonly Branch<Goal<P>>[] | Readonly<Record<string, readonly Branch<Goal<P>>[]>>;
    };
  },
): AnyStateMachine {
  const entries = Object.entries(parts.places) as [P, (typeof parts.places)[P]][];
  const places = Object.fromEntries(
    entries.map(([place, on]) => [place, { line: 0, says: place, on, tags: parts.tags?.[place] ?? [] }]),
  );
  const body = fragment<string, 'ended'>({
    site: { function: name, file: '', source: '' },
    entry: parts.entry,
    exits: [ENDED],
    places: places as never,
  });
  return machine(name, wire(body, { ended: ENDED }) as never, {
    locals: parts.locals ?? {},
    parameters: parts.parameters ?? ['me'],
  });
}

export const thread = (
  id: string,
  machine: AnyStateMachine,
  parameters: Readonly<Record<string, number>> = {},
  groups: Readonly<Record<string, readonly number[]>> = {},
): ThreadDeclaration => ({ id, machine, parameters, groups });

/** As many copies of a machine as the domain has elements, each knowing its number as `me`. */
export const copies = (who: Domain, machine: AnyStateMachine): ThreadDeclaration[] =>
  who.labels.map((label, me) => thread(label, machine, { me }));

export const numbered = (name: string, size: number): Domain => ({
  name,
  size,
  labels: Array.from({ length: size }, (_, n) => `${name}${n}`),
});

export const check = (name: string, parts: Partial<Check> = {}): Check => ({
  name,
  always: [],
  atEnd: [],
  monitors: [],
  deadlock: null,
  leaves: null,
  exercisedBy: [],
  ...parts,
});

export const condition = (
  that: Operand,
  needed = 'true',
  found = '{0}',
  facts: readonly Expression[] = [],
) => ({
  that: expression(that),
  needed,
  found,
  facts,
});

export const system = (
  name: string,
  shared: readonly SharedDeclaration[],
  threads: readonly ThreadDeclaration[],
  checks: readonly Check[] = [],
  symmetry: readonly Permutation[] = [],
): System => ({ name, shared, threads, checks, symmetry });

/** Any two neighbours of a domain may be exchanged, each with its thread; `first` is the number of the first such thread. */
export const interchangeable = (who: Domain, threads: number, first = 0): Permutation[] =>
  who.labels.slice(1).map((_, n) => {
    const swap = (i: number): number => (i === n ? n + 1 : i === n + 1 ? n : i);
    return {
      threads: Array.from({ length: threads }, (__, t) => (t < first ? t : swap(t - first) + first)),
      elements: { [who.name]: who.labels.map((__, i) => swap(i)) },
    };
  });
