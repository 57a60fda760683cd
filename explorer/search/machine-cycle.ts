import type { Program } from '../program/program.ts';
import { components } from './components.ts';

/**
 * For each thread the places that lie on a cycle of its machine. On a cycle of the state graph only steps that leave such
 * places are taken; a machine without cycles takes none.
 */
export function placesOnCycles(program: Program): readonly ReadonlySet<number>[] {
  return program.threads.map(({ places }) => {
    const first = new Int32Array(places.length + 1);
    const to: number[] = [];
    places.forEach((place, n) => {
      first[n] = to.length;
      to.push(...place.events.flatMap((e) => e.branches.map((b) => b.target)));
    });
    first[places.length] = to.length;
    const edges = { first, to: Int32Array.from(to) };
    const loops = (n: number): boolean => to.slice(first[n], first[n + 1]).includes(n);
    const cyclic = components(edges, new Uint8Array(places.length).fill(1)).filter(
      (c) => c.length > 1 || loops(c[0]!),
    );
    return new Set(cyclic.flat());
  });
}
