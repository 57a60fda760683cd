import type { Condition, Permutation } from '../../model/language/system.ts';
import { type Domain, elementAt, indicesOf } from '../../model/language/variable.ts';
import { initialConfiguration } from '../program/configuration.ts';
import type {
  Program,
  ProgramBranch,
  ProgramEvent,
  ProgramMonitor,
  ProgramThread,
} from '../program/program.ts';
import { NotRenamable, RenamedText, type Renaming, renamed } from './renaming.ts';

/** A symmetry of a program: a renaming that maps it to itself, and what it makes of the monitors. */
export interface Symmetry extends Renaming {
  /** Monitor m becomes monitor `monitors[m]`. */
  readonly monitors: readonly number[];
}

/** More than these are not tried for each state: then only some of the generators are used, which is a smaller group. */
const MOST_SYMMETRIES = 120;

/**
 * The group of symmetries that the declared generators span, the identity first. A generator for which it cannot be shown that
 * it maps the program to itself is left out. The states of an orbit have the same future up to names, so that one stands
 * for all (Ip and Dill, Better verification through symmetry, 1996; Clarke, Enders, Filkorn and Jha, Exploiting symmetry in temporal
 * logic model checking, 1996); with persistent sets: Emerson, Jha and Peled, Combining partial order and symmetry reductions, 1997.
 */
export function symmetriesOf(program: Program): readonly Symmetry[] {
  let group: readonly Symmetry[] = [identity(program)];
  const generators: Symmetry[] = [];
  const permutations = program.system.symmetry ?? [];
  if (permutations.length === 0) return group;
  const texts = program.threads.map((thread) => machineText(thread, plain(program)));
  for (const declared of permutations) {
    const generator = proven(program, texts, declared);
    if (!generator) continue;
    const larger = spanned(identity(program), [...generators, generator]);
    if (!larger) continue;
    generators.push(generator);
    group = larger;
  }
  return group;
}

const identity = ({ threads, monitors }: Program): Symmetry => ({
  threads: threads.map((t) => t.number),
  monitors: monitors.map((m) => m.number),
  elements: new Map(),
});

/** All products of the generators; null if they are too many. */
function spanned(one: Symmetry, generators: readonly Symmetry[]): readonly Symmetry[] | null {
  const found = new Map([[keyOf(one), one]]);
  for (const s of found.values()) {
    for (const g of generators) {
      const product = after(g, s);
      found.set(keyOf(product), product);
      if (found.size > MOST_SYMMETRIES) return null;
    }
  }
  return [...found.values()];
}

const keyOf = ({ threads, monitors, elements }: Symmetry): string =>
  JSON.stringify([threads, monitors, [...elements].sort(([a], [b]) => (a < b ? -1 : 1))]);

function after(g: Symmetry, s: Symmetry): Symmetry {
  const elements = new Map<string, readonly number[]>();
  for (const domain of new Set([...g.elements.keys(), ...s.elements.keys()])) {
    const [outer, inner] = [g.elements.get(domain), s.elements.get(domain)];
    const both = inner ? inner.map((e) => outer?.[e] ?? e) : outer!;
    if (both.some((e, n) => e !== n)) elements.set(domain, both);
  }
  return {
    threads: s.threads.map((t) => g.threads[t]!),
    monitors: s.monitors.map((m) => g.monitors[m]!),
    elements,
  };
}

const isPermutation = (list: readonly number[], size: number): boolean =>
  list.length === size &&
  new Set(list).size === size &&
  list.every((n) => Number.isInteger(n) && n >= 0 && n < size);

/** The generator as a symmetry, if it maps every part of the program to a part of the program. `texts`: of the threads as they stand. */
function proven(
  program: Program,
  texts: readonly string[],
  { threads, elements }: Permutation,
): Symmetry | null {
  const sizes = new Map<string, number>();
  for (const { name, size } of domainsOf(program)) sizes.set(name, Math.max(size, sizes.get(name) ?? 0));
  const moved = Object.entries(elements).filter(
    ([name, list]) => sizes.has(name) && list.some((e, n) => e !== n),
  );
  if (!isPermutation(threads, program.threads.length)) return null;
  if (!moved.every(([name, list]) => isPermutation(list, sizes.get(name)!))) return null;
  const renaming: Renaming = { threads, elements: new Map(moved) };
  try {
    const same =
      sameThreads(program, texts, renaming) &&
      sameStart(program, renaming) &&
      sameConditions(program, renaming);
    const monitors = same ? monitorsUnder(program, renaming) : null;
    return monitors && { ...renaming, monitors };
  } catch (error) {
    if (error instanceof NotRenamable) return null;
    throw error;
  }
}

function domainsOf(program: Program): Domain[] {
  const types = [
    ...program.system.shared.map((v) => v.type),
    ...program.threads.flatMap((t) => t.locals.map((l) => l.type)),
  ];
  const over = program.system.shared.flatMap((v) => v.over);
  return [...over, ...types.flatMap((t) => (t.kind === 'member' ? [t.domain] : []))];
}

const plain = (program: Program): Renaming => ({
  threads: program.threads.map((t) => t.number),
  elements: new Map(),
});

function eventText(event: ProgramEvent, text: RenamedText): string {
  const branch = ({ guard, effects, target, kinds }: ProgramBranch): string =>
    JSON.stringify([guard && text.expression(guard), text.effects(effects), target, kinds]);
  return event.branches.map(branch).join('\n');
}

/** A machine with its constants, under a renaming, place by place. The events of a place are alternatives: their order is nothing. */
function machineText(thread: ProgramThread, renaming: Renaming): string {
  const text = new RenamedText(renaming, thread.scope);
  const locals = thread.locals.map((l) => [l.name, l.type, renamed(l.initial, l.type, renaming)]);
  const places = thread.places.map((p) => [
    p.name,
    p.final,
    [...p.tags].sort(),
    p.events.map((e) => eventText(e, text)).sort(),
  ]);
  return JSON.stringify([thread.entry, locals, places]);
}

/** Marks with each branch that was taken those that it becomes under a symmetry: some run takes them in the same way. */
export function coveredByOrbits(
  program: Program,
  group: readonly Symmetry[],
  coverage: Uint8Array,
): Uint8Array {
  const closed = coverage.slice();
  for (const symmetry of group.slice(1)) {
    for (const thread of program.threads) {
      const image = program.threads[symmetry.threads[thread.number]!]!;
      const [mine, theirs] = [symmetry, plain(program)].map(
        (r, n) => new RenamedText(r, [thread, image][n]!.scope),
      );
      for (const place of thread.places) {
        const images = image.places[place.number]!.events;
        // A place becomes one with as many events: only where there are several is the text needed to tell them apart.
        const texts = images.length === 1 ? null : images.map((e) => eventText(e, theirs!));
        for (const event of place.events) {
          const e = images[texts === null ? 0 : texts.indexOf(eventText(event, mine!))]!;
          event.branches.forEach((b, n) => {
            if (coverage[b.number]) closed[e.branches[n]!.number] = 1;
          });
        }
      }
    }
  }
  return closed;
}

const sameThreads = (program: Program, texts: readonly string[], renaming: Renaming): boolean =>
  program.threads.every(
    (thread) => machineText(thread, renaming) === texts[renaming.threads[thread.number]!],
  );

/** A monitor takes the first of its events that is enabled: with one event there is no order. */
const monitorText = (monitor: ProgramMonitor, renaming: Renaming): string => {
  if (monitor.places.some((p) => p.events.length > 1))
    throw new NotRenamable('a monitor with several events');
  return `${monitor.check} ${machineText(monitor, renaming)}`;
};

function sameStart(program: Program, renaming: Renaming): boolean {
  const { shared } = initialConfiguration(program);
  return program.system.shared.every((variable) => {
    const values = shared[variable.name]!;
    return values.every((value, element) => {
      const image = indicesOf(variable, element).map(
        (i, d) => renaming.elements.get(variable.over[d]!.name)?.[i] ?? i,
      );
      return values[elementAt(variable, image)] === renamed(value, variable.type, renaming);
    });
  });
}

function sameConditions(program: Program, renaming: Renaming): boolean {
  const texts = (conditions: readonly Condition[], by: Renaming): string => {
    const text = new RenamedText(by, program.scope);
    return conditions
      .map((c) => text.expression(c.that))
      .sort()
      .join('\n');
  };
  return program.checks.every(({ always, atEnd }) =>
    [always, atEnd].every((list) => texts(list, renaming) === texts(list, plain(program))),
  );
}

/** Which monitor each one becomes; null if one becomes none. */
function monitorsUnder(program: Program, renaming: Renaming): readonly number[] | null {
  const free = new Map(program.monitors.map((m) => [m.number, monitorText(m, plain(program))]));
  const images: number[] = [];
  for (const monitor of program.monitors) {
    const wanted = monitorText(monitor, renaming);
    const image = [...free].find(([, text]) => text === wanted)?.[0];
    if (image === undefined) return null;
    free.delete(image);
    images.push(image);
  }
  return images;
}
