import { components } from '../search/components.ts';
import { bisimulation } from './bisimulation.ts';
import type { Quotient } from './graph.ts';
import type { Steps } from './steps.ts';
import type { Stored } from './stored.ts';
import type { Telling } from './telling.ts';

/** The number of the class of each state; classes are numbered by their first states. */
export interface Partition {
  readonly classOf: Int32Array;
  readonly classes: number;
}

/** Puts states together. `steps` is called only by quotients that need the steps. */
export function partition(by: Quotient, stored: Stored, telling: Telling, steps: () => Steps): Partition {
  switch (by) {
    case 'places':
      return byKey(stored, (state) => placesKey(stored, state));
    case 'shape':
      return byKey(stored, (state) => telling.shape(stored.graph.configuration(state)));
    case 'scc':
      return byComponent(stored, steps());
    case 'bisimulation':
      return byBehaviour(stored, telling, steps());
  }
}

const placesKey = ({ graph, program }: Stored, state: number): string =>
  program.threads.map((t) => graph.placeOf(state, t.number)).join(' ');

function byKey({ count }: Stored, key: (state: number) => string): Partition {
  const numbers = new Map<string, number>();
  const classOf = new Int32Array(count);
  for (let state = 0; state < count; state++) {
    const text = key(state);
    const known = numbers.get(text) ?? numbers.size;
    numbers.set(text, known);
    classOf[state] = known;
  }
  return { classOf, classes: numbers.size };
}

/** Numbers the classes by their first states. */
function inOrder(classOf: Int32Array): Partition {
  const numbers = new Map<number, number>();
  const renumbered = classOf.map((old) => {
    const known = numbers.get(old) ?? numbers.size;
    numbers.set(old, known);
    return known;
  });
  return { classOf: renumbered, classes: numbers.size };
}

function byComponent({ count }: Stored, steps: Steps): Partition {
  const classOf = new Int32Array(count);
  components(steps, new Uint8Array(count).fill(1)).forEach((members, number) => {
    for (const state of members) classOf[state] = number;
  });
  return inOrder(classOf);
}

/** States that differ in what is to be seen of themselves are never put together; nor is one whose steps are not all known. */
function byBehaviour(stored: Stored, telling: Telling, steps: Steps): Partition {
  const { graph } = stored;
  const start = byKey(stored, (state) => {
    if (steps.open[state]) return `open ${state}`;
    const enabled = steps.first[state + 1]! - steps.first[state]!;
    const { final, deadlock, violates } = telling.state(graph.configuration(state), enabled);
    return JSON.stringify([final, deadlock, violates]);
  });
  return inOrder(bisimulation(steps, start.classOf));
}
