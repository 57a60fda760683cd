import type { LevelGraph } from '../search/level-graph.ts';
import type { Telling, ToldStep } from './telling.ts';

/** Gives each kind of step a number: one thread, one place, one event, the same checks violated. */
export class Labels {
  readonly all: ToldStep[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly telling: Telling;

  constructor(telling: Telling) {
    this.telling = telling;
  }

  /** The label of successor j of the state that was expanded last. */
  of(graph: LevelGraph, state: number, j: number): number {
    const thread = graph.threadOf(j);
    const place = graph.placeOf(state, thread);
    const event = graph.eventOf(j);
    const { checks } = graph.program;
    const violated = graph.violatesAny(j) ? checks.filter((c) => graph.violates(j, c.number)) : [];
    const key = `${thread} ${place} ${event} ${violated.map((c) => c.number).join(' ')}`;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.all.length;
    this.all.push(this.telling.step(thread, place, event, (check) => graph.violates(j, check)));
    this.numbers.set(key, number);
    return number;
  }
}
