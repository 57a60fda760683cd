import type { Steps } from './steps.ts';

/**
 * The coarsest strong bisimulation that refines a partition: two states stay together if every step of one has a step of the
 * other with the same label into the same class, and the other way round. Partition refinement by signatures (Blom and Orzan):
 * in each round only states are looked at of which a successor changed its class.
 */
export function bisimulation(steps: Steps, start: Int32Array): Int32Array {
  const { first, to, label } = steps;
  const classOf = start.slice();
  const count = classOf.length;
  let classes = classOf.reduce((most, c) => Math.max(most, c + 1), 0);
  let moved = new Uint8Array(count).fill(1);

  const signature = (state: number): string => {
    const pairs = new Set<string>();
    for (let e = first[state]!; e < first[state + 1]!; e++) pairs.add(`${label[e]}:${classOf[to[e]!]}`);
    return [...pairs].sort().join(' ');
  };
  const isDirty = (state: number): boolean => {
    for (let e = first[state]!; e < first[state + 1]!; e++) if (moved[to[e]!]) return true;
    return false;
  };
  const sizes = new Map<number, number>();
  for (const c of classOf) sizes.set(c, (sizes.get(c) ?? 0) + 1);

  for (let everything = true; ; everything = false) {
    // By class, the states to look at, by signature.
    const dirty = new Map<number, Map<string, number[]>>();
    for (let state = 0; state < count; state++) {
      if (!everything && !isDirty(state)) continue;
      const groups = dirty.get(classOf[state]!) ?? new Map<string, number[]>();
      dirty.set(classOf[state]!, groups);
      const key = signature(state);
      const group = groups.get(key);
      if (group) group.push(state);
      else groups.set(key, [state]);
    }
    moved = new Uint8Array(count);
    let split = false;
    for (const [old, groups] of dirty) {
      const all = [...groups.values()];
      // States of which no successor moved have the signature that they had: another one than each of these groups.
      const whole = all.reduce((n, group) => n + group.length, 0) === sizes.get(old);
      for (const group of whole ? all.slice(1) : all) {
        const fresh = classes++;
        for (const state of group) {
          classOf[state] = fresh;
          moved[state] = 1;
        }
        sizes.set(fresh, group.length);
        sizes.set(old, sizes.get(old)! - group.length);
        split = true;
      }
    }
    if (!split) return classOf;
  }
}
