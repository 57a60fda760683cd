import type { Edges } from '../search/components.ts';
import { GrowingWords } from '../search/growing-words.ts';
import { Labels } from './labels.ts';
import type { Stored } from './stored.ts';
import type { Telling, ToldStep } from './telling.ts';

/** The steps of stored states in arrays: those of state n are from `first[n]` up to `first[n + 1]`. */
export interface Steps extends Edges {
  /** By step the number of its label. */
  readonly label: Int32Array;
  readonly labels: readonly ToldStep[];
  /** By state, 1 if some of its steps lead beyond a bound. */
  readonly open: Uint8Array;
}

/** Collects the steps between the states shown: 8 bytes a step. */
export function stepsOf({ graph, count }: Stored, telling: Telling): Steps {
  const first = new Int32Array(count + 1);
  const to = new GrowingWords();
  const label = new GrowingWords();
  const open = new Uint8Array(count);
  const labels = new Labels(telling);
  for (let state = 0; state < count; state++) {
    first[state] = to.length;
    const steps = graph.expandOne(state);
    for (let j = 0; j < steps; j++) {
      const target = graph.successor(j);
      if (target < 0 || target >= count) {
        open[state] = 1;
        continue;
      }
      to.push(target);
      label.push(labels.of(graph, state, j));
    }
  }
  first[count] = to.length;
  return { first, to: to.finished(), label: label.finished(), labels: labels.all, open };
}
