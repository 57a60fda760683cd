import type { Kernel } from '../model/kernel/kernel.ts';
import { NONE } from '../model/language/expression.ts';
import type { Permutation, ThreadDeclaration } from '../model/language/system.ts';

/** Collects what a renaming must do; null as soon as two demands contradict each other. */
class Renaming {
  private readonly wanted = new Map<string, Map<number, number>>();
  contradicts = false;

  /** The element `from` of the domain becomes `to`. */
  map(domain: string, from: number, to: number): void {
    if (from === NONE && to === NONE) return;
    const known = this.wanted.get(domain) ?? new Map<number, number>();
    this.wanted.set(domain, known);
    const before = known.get(from);
    this.contradicts ||= from === NONE || to === NONE || (before !== undefined && before !== to);
    known.set(from, to);
  }

  /** The elements of a domain; those of which nothing is demanded keep their names. */
  elements(domain: string, size: number): number[] {
    const known = this.wanted.get(domain);
    return Array.from({ length: size }, (_, n) => known?.get(n) ?? n);
  }
}

/**
 * Generators of the symmetries that a scenario ought to have: two threads of an mm that run the same path are exchanged, or two mms
 * with all their threads, and with them the tables of their pools, their pages and the tables that their slots start with.
 */
export function symmetryOf(
  kernel: Kernel,
  threads: readonly ThreadDeclaration[],
  pools: readonly number[],
): readonly Permutation[] {
  const generators: (Permutation | null)[] = [];
  const numbers = threads.map((_, i) => i);
  const mmOf = (thread: number): number => threads[thread]!.parameters['mm'] as number;
  for (const i of numbers) {
    const j = numbers.find(
      (n) => n > i && mmOf(n) === mmOf(i) && threads[n]!.machine === threads[i]!.machine,
    );
    if (j !== undefined)
      generators.push(permutation(kernel, threads, pools, exchanged(numbers, [[i, j]]), []));
  }
  for (let m = 0; m + 1 < kernel.mm.size; m++) {
    for (let other = m + 1; other < kernel.mm.size; other++) {
      const pairs = pairsOf(threads, m, other);
      if (!pairs) continue;
      generators.push(permutation(kernel, threads, pools, exchanged(numbers, pairs), [m, other]));
      break;
    }
  }
  return generators.filter((g) => g !== null);
}

type Pair = readonly [number, number];

function exchanged(numbers: readonly number[], pairs: readonly Pair[]): number[] {
  const images = [...numbers];
  for (const [a, b] of pairs) [images[a], images[b]] = [images[b] as number, images[a] as number];
  return images;
}

/** Each thread of one mm with a thread of the other that runs the same; null if they do not match. */
function pairsOf(threads: readonly ThreadDeclaration[], m: number, other: number): Pair[] | null {
  const of = (mm: number): number[] => threads.flatMap((t, i) => (t.parameters['mm'] === mm ? [i] : []));
  const left = of(other);
  const pairs: Pair[] = [];
  for (const i of of(m)) {
    const at = left.findIndex((j) => threads[j]!.machine === threads[i]!.machine);
    if (at < 0) return null;
    pairs.push([i, left.splice(at, 1)[0] as number]);
  }
  return left.length > 0 ? null : pairs;
}

function permutation(
  k: Kernel,
  threads: readonly ThreadDeclaration[],
  pools: readonly number[],
  images: readonly number[],
  mms: readonly number[],
): Permutation | null {
  const renaming = new Renaming();
  for (const [n, m] of mms.entries()) renaming.map(k.mm.name, m, mms[1 - n] as number);
  for (const { domain, parameter } of [
    { domain: k.thread, parameter: 'me' },
    { domain: k.page, parameter: 'page' },
    { domain: k.cpu, parameter: 'cpu' },
    { domain: k.gup, parameter: 'gup' },
  ]) {
    threads.forEach((t, i) => {
      const image = threads[images[i] as number] as ThreadDeclaration;
      renaming.map(domain.name, t.parameters[parameter] as number, image.parameters[parameter] as number);
    });
  }
  threads.forEach((t, i) => {
    const image = threads[images[i] as number] as ThreadDeclaration;
    for (let n = 0; n < (pools[i] as number); n++) {
      renaming.map(
        k.table.name,
        (t.parameters['pool'] as number) + n,
        (image.parameters['pool'] as number) + n,
      );
    }
  });
  for (const [n, m] of mms.entries()) {
    for (let slot = 0; slot < k.shape.slots; slot++) startsWith(k, renaming, slot, m, mms[1 - n] as number);
  }
  if (renaming.contradicts) return null;
  const domains = [k.mm, k.thread, k.page, k.cpu, k.gup, k.table];
  return {
    threads: images,
    elements: Object.fromEntries(domains.map((d) => [d.name, renaming.elements(d.name, d.size)])),
  };
}

/** The table that a slot starts with, and the pages that its entries name, become those of the other mm. */
function startsWith(
  { shape, table, page }: Kernel,
  renaming: Renaming,
  slot: number,
  m: number,
  other: number,
): void {
  const [mine, theirs] = [shape.slotAtStart(m, slot).table, shape.slotAtStart(other, slot).table];
  renaming.map(table.name, mine, theirs);
  if (mine === NONE || theirs === NONE) return;
  for (let entry = 0; entry < shape.entries; entry++) {
    renaming.map(page.name, shape.entryAtStart(mine, entry).page, shape.entryAtStart(theirs, entry).page);
  }
}
