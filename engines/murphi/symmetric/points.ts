import type { Program } from '../../../explorer/program/program.ts';
import type { Symmetry } from '../../../explorer/reduce/symmetry.ts';
import type { Domain } from '../../../model/language/variable.ts';

/** Everything of one kind that a symmetry moves: the threads, the monitors, or the elements of a domain. */
export interface Moved {
  readonly kind: 'threads' | 'monitors' | 'elements';
  /** The name of the domain; empty for threads and monitors. */
  readonly name: string;
  readonly size: number;
  readonly image: (symmetry: Symmetry, n: number) => number;
}

/** Threads, monitors, and each domain some element of which is moved. */
export function movedBy(program: Program, group: readonly Symmetry[]): readonly Moved[] {
  const names = new Set(group.flatMap((s) => [...s.elements.keys()]));
  const domains = new Map<string, Domain>();
  const see = (domain: Domain): unknown => names.has(domain.name) && domains.set(domain.name, domain);
  for (const variable of [...program.system.shared, ...program.threads.flatMap((t) => t.locals)]) {
    if ('over' in variable) variable.over.forEach(see);
    if (variable.type.kind === 'member') see(variable.type.domain);
  }
  return [
    { kind: 'threads', name: '', size: program.threads.length, image: (s, n) => s.threads[n]! },
    { kind: 'monitors', name: '', size: program.monitors.length, image: (s, n) => s.monitors[n]! },
    ...[...domains].map(
      ([name, { size }]): Moved => ({
        kind: 'elements',
        name,
        size,
        image: (s, n) => s.elements.get(name)?.[n] ?? n,
      }),
    ),
  ];
}

/** The orbits of its things, in the order of their least numbers; each begins with its least. */
export function orbitsOf(moved: Moved, group: readonly Symmetry[]): readonly (readonly number[])[] {
  const orbits: number[][] = [];
  const seen = new Set<number>();
  for (let n = 0; n < moved.size; n++) {
    if (seen.has(n)) continue;
    const orbit = [...new Set(group.map((s) => moved.image(s, n)))].sort((a, b) => a - b);
    for (const m of orbit) seen.add(m);
    orbits.push(orbit);
  }
  return orbits;
}

/** Which symmetries leave it where it is, as a text. */
export const stabiliser = (moved: Moved, n: number, group: readonly Symmetry[]): string =>
  group.map((s) => (moved.image(s, n) === n ? '1' : '0')).join('');
