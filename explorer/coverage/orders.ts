import type { System } from '../../model/language/system.ts';
import { explored, type Stored } from '../graph/stored.ts';
import type { Options } from '../options.ts';
import type { Reason } from '../outcome.ts';
import { HeldTogether, type LocksTogether } from './held.ts';

/** A step that was taken: of which thread, from which place. */
interface TakenStep {
  readonly thread: string;
  readonly step: string;
  readonly says: string;
  readonly function: string;
  readonly file: string;
  readonly line: number;
  /** Steps of other threads, by their numbers in the list of steps, that were taken directly after this one. */
  readonly followedBy: readonly number[];
}

/** Which graph an account of orders was taken from. */
type AccountOf =
  /** All orders of the system as written. */
  | 'all orders'
  /** The orders that the partial-order reduction leaves: each left out has the same effect as one of them. */
  | 'reduced'
  /** The first states of the system as written, which has more than the account may store. */
  | 'part';

/** Which orders of steps a search is about: what followed what, and which locks were held together. */
export interface Orders {
  readonly of: AccountOf;
  /** States that were looked at, and why not more; null where these are all of the graph. */
  readonly states: number;
  readonly reason: Reason;
  /** The steps that were taken, by thread and then in the order of the machine. */
  readonly steps: readonly TakenStep[];
  /** Pairs of steps of two threads of which the second was taken directly after the first; and all pairs of steps that were taken. */
  readonly adjacent: number;
  readonly pairs: number;
  /** How many states each kind of lock was held in. */
  readonly held: readonly { readonly lock: string; readonly states: number }[];
  readonly together: readonly LocksTogether[];
}

/** How much an account may store. */
export interface OrdersBounds extends Partial<Pick<Options, 'memory' | 'timeout' | 'signal' | 'progress'>> {
  /** States. Default: 500,000. */
  readonly maxStates?: number;
}

const MOST_STATES = 500_000;

/**
 * Gives account of the orders of a system: which step of one thread was taken directly after which step of another, and which
 * locks were held together. Of all orders, where these fit into the bounds; else of those that the partial-order reduction leaves;
 * else of the first states of all. A pass of its own, after the search: the search is not slowed down by it.
 */
export function ordersOf(system: System, bounds: OrdersBounds = {}): Orders {
  const limits = { ...bounds, maxStates: bounds.maxStates ?? MOST_STATES };
  // What is judged makes no difference to what can happen; monitors would only tell states apart.
  const unjudged = { ...system, checks: [] };
  const all = explored(unjudged, limits, { deadLocals: true });
  if (all.reason === null) return accountOf(all, 'all orders');
  if (all.reason === 'max-states') {
    const reduced = explored(system, limits, { deadLocals: true, partialOrder: true });
    if (reduced.reason === null) return accountOf(reduced, 'reduced');
  }
  return accountOf(all, 'part');
}

function accountOf(stored: Stored, of: AccountOf): Orders {
  const { program, graph, count, reason } = stored;
  const { threads } = program;
  const enabled = enabledIn(stored);
  const held = new HeldTogether(program);
  // All places of all threads in one row.
  const first: number[] = [];
  let places = 0;
  for (const thread of threads) {
    first.push(places);
    places += thread.places.length;
  }
  const taken = new Uint8Array(places);
  const followed = new Uint8Array(places * places);
  const at = new Int32Array(threads.length);
  for (let state = 0; state < count; state++) {
    held.count(graph.configuration(state));
    for (const { number } of threads) at[number] = first[number]! + graph.placeOf(state, number);
    const steps = graph.expandOne(state);
    for (let j = 0; j < steps; j++) {
      const mover = graph.threadOf(j);
      taken[at[mover]!] = 1;
      const to = graph.successor(j);
      if (to < 0 || to >= count) continue;
      // The others still stand where they stood.
      for (let others = enabled[to]! & ~(1 << mover); others !== 0; others &= others - 1) {
        followed[at[mover]! * places + at[31 - Math.clz32(others & -others)]!] = 1;
      }
    }
  }
  const numbers: number[] = [];
  taken.forEach((was, place) => {
    if (was) numbers.push(place);
  });
  const steps = threads.flatMap((thread) =>
    thread.places.flatMap((place): TakenStep[] => {
      const at = first[thread.number]! + place.number;
      if (!taken[at]) return [];
      const { says = '', function: within = '', file = '', line = 0 } = place.meta ?? {};
      const followedBy = numbers.flatMap((next, n) => (followed[at * places + next] ? [n] : []));
      return [{ thread: thread.id, step: place.name, says, function: within, file, line, followedBy }];
    }),
  );
  const adjacent = steps.reduce((n, step) => n + step.followedBy.length, 0);
  const pairs = steps.reduce((n, a) => n + steps.filter((b) => b.thread !== a.thread).length, 0);
  return { of, states: count, reason, steps, adjacent, pairs, held: held.held, together: held.together };
}

/** By state the threads that can take a step, a bit each. */
function enabledIn({ graph, count }: Stored): Int32Array {
  const enabled = new Int32Array(count);
  for (let state = 0; state < count; state++) {
    const steps = graph.expandOne(state);
    for (let j = 0; j < steps; j++) enabled[state]! |= 1 << graph.threadOf(j);
  }
  return enabled;
}
