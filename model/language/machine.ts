import type { AnyStateMachine } from 'xstate';
import type { Effect } from './effect.ts';
import { both, type Expression, expression, type Operand } from './expression.ts';
import { type ThreadContext, words } from './meaning.ts';
import type { LocalDeclaration } from './variable.ts';

/** Where in the source a step stands. */
export interface Site {
  readonly function: string;
  readonly file: string;
  /** Which patch (or plain tree) the line number counts in. */
  readonly source: string;
}

/** One way to leave a place: taken if it is the first whose guard is true. */
export interface Branch<Target extends string = string> {
  readonly target: Target;
  readonly guard: Expression | null;
  readonly effects: readonly Effect[];
  /** What this branch counts as when a property asks whether it was exercised. */
  readonly kinds: readonly string[];
}

/** A place in the code and the atomic step that leaves it. */
export interface Place<Target extends string = string> {
  readonly line: number;
  /** The line of the comment in the patch that speaks of this step. */
  readonly comment?: number;
  /** What the step does, in a few words, for traces. */
  readonly says: string;
  readonly kinds?: readonly string[];
  /** Properties of the place itself that a check may ask for (see System checks). */
  readonly tags?: readonly string[];
  readonly site?: Partial<Site>;
  /** Branches of the step, or several named events where the environment chooses. */
  readonly on: readonly Branch<Target>[] | Readonly<Record<string, readonly Branch<Target>[]>>;
}

/** The event that every ordinary step is. */
export const STEP = 'STEP';
/** The two ends of a thread: its path is over, or it died in the middle with all that it holds. */
export const ENDED = 'ended';
export const STOPPED = 'stopped';

/** A branch that is always open: apply the effects, in order, and go on at `target`. */
export const go = <T extends string>(
  target: T,
  ...effects: readonly (Effect | readonly Effect[])[]
): Branch<T> => ({
  target,
  guard: null,
  effects: effects.flat(),
  kinds: [],
});

/** A branch under a guard. */
export const goIf = <T extends string>(
  guard: Operand,
  target: T,
  ...effects: readonly (Effect | readonly Effect[])[]
): Branch<T> => ({ ...go(target, ...effects), guard: expression(guard) });

/** Marks a branch with step kinds. */
export const counted = <T extends string>(branch: Branch<T>, ...kinds: readonly string[]): Branch<T> => ({
  ...branch,
  kinds: [...branch.kinds, ...kinds],
});

/** Part of a machine: a piece of a kernel function with one entry and named exits. */
export interface Fragment<Exit extends string = string> {
  readonly entry: string;
  readonly exits: readonly Exit[];
  readonly places: ReadonlyMap<string, Place & { readonly site: Site }>;
  /** Locals of its own, beside those that its machine declares. Default: none. */
  readonly locals?: Readonly<Record<string, LocalDeclaration>>;
}

/**
 * Declares a fragment. Targets are the fragment's own places, its exits, or `stopped`; anything else is a compile error.
 */
export function fragment<P extends string, X extends string = never>(parts: {
  readonly site: Site;
  readonly entry: NoInfer<P>;
  readonly exits?: readonly X[];
  readonly places: { readonly [K in P]: Place<NoInfer<P> | NoInfer<X> | typeof STOPPED> };
}): Fragment<X> {
  const places = new Map<string, Place & { site: Site }>();
  for (const [name, place] of Object.entries<Place>(parts.places)) {
    places.set(name, { ...place, site: { ...parts.site, ...place.site } });
  }
  return { entry: parts.entry, exits: parts.exits ?? [], places };
}

const eventsOf = (place: Place): Readonly<Record<string, readonly Branch[]>> =>
  Array.isArray(place.on) ? { [STEP]: place.on } : (place.on as Readonly<Record<string, readonly Branch[]>>);

function retarget<P extends Place>(place: P, rename: (target: string) => string): P {
  const on = Object.entries(eventsOf(place)).map(
    ([event, branches]) => [event, branches.map((b) => ({ ...b, target: rename(b.target) }))] as const,
  );
  return { ...place, on: Object.fromEntries(on) };
}

/** The same steps as they stand in another version of the source; a line that is not listed is an error. */
export function relocated<X extends string>(
  part: Fragment<X>,
  source: string,
  lines: Readonly<Record<number, number>>,
): Fragment<X> {
  const lineOf = (line: number): number => {
    const found = lines[line];
    if (found === undefined) throw new Error(`line ${line} has no counterpart in ${source}`);
    return found;
  };
  const places = [...part.places].map(([name, { comment: _elsewhere, ...place }]) => {
    const site = { ...place.site, source };
    return [name, { ...place, site, line: lineOf(place.line) }] as const;
  });
  return { ...part, places: new Map(places) };
}

/** Replaces each branch that leaves by an exit. */
function atExit<X extends string, Y extends string>(
  part: Fragment<X>,
  exit: X,
  replace: (branch: Branch) => readonly Branch[],
  exits: readonly Y[],
): Fragment<X | Y> {
  const places = [...part.places].map(([name, place]) => {
    const on = Object.entries(eventsOf(place)).map(
      ([event, branches]) =>
        [event, branches.flatMap((b) => (b.target === exit ? replace(b) : [b]))] as const,
    );
    return [name, { ...place, on: Object.fromEntries(on) }] as const;
  });
  return { ...part, exits: [...new Set<X | Y>([...part.exits, ...exits])], places: new Map(places) };
}

/** Adds effects to every step that leaves by an exit: what happens on the way out and touches nothing shared. */
export const leaving = <X extends string>(
  part: Fragment<X>,
  exit: NoInfer<X>,
  ...effects: readonly (Effect | readonly Effect[])[]
): Fragment<X> => atExit(part, exit, (b) => [{ ...b, effects: [...b.effects, ...effects.flat()] }], []);

/** Lets every step that leaves by an exit take another one if a test of locals is true before the step. */
export const divert = <X extends string, Y extends string>(
  part: Fragment<X>,
  exit: NoInfer<X>,
  test: Operand,
  other: Y,
): Fragment<X | Y> =>
  atExit(
    part,
    exit,
    (b) => [{ ...b, guard: b.guard ? both(b.guard, test) : expression(test), target: other }, b],
    [other],
  );

/**
 * Gives the places of a fragment names of their own, so that it can stand in one machine twice. The separator is a slash
 * because XState reads a dot in a target as a path into nested states.
 */
export function named<X extends string>(prefix: string, part: Fragment<X>): Fragment<X> {
  const rename = (name: string): string => (part.places.has(name) ? `${prefix}/${name}` : name);
  const places = [...part.places].map(([name, place]) => [rename(name), retarget(place, rename)] as const);
  return { ...part, entry: rename(part.entry), places: new Map(places) };
}

/**
 * Wires exits: each named exit goes on at the entry of another fragment, or at a place or exit of the result. Places of
 * the fragments that are wired in become places of the result.
 */
export function wire<X extends string, Y extends string = never>(
  part: Fragment<X>,
  to: { readonly [K in X]: Fragment<Y> | Y | typeof STOPPED | typeof ENDED },
): Fragment<Exclude<Y, typeof STOPPED | typeof ENDED>> {
  type Open = Exclude<Y, typeof STOPPED | typeof ENDED>;
  const places = new Map<string, Place & { site: Site }>();
  const exits = new Set<Open>();
  const add = (more: ReadonlyMap<string, Place & { readonly site: Site }>): void => {
    for (const [name, place] of more) {
      const old = places.get(name);
      if (old && old !== place) throw new Error(`place '${name}' is declared twice`);
      places.set(name, place);
    }
  };
  const goal = (name: string): string => {
    const exit = (to as Readonly<Record<string, Fragment<Y> | string>>)[name];
    if (exit === undefined) return name;
    return typeof exit === 'string' ? exit : exit.entry;
  };
  add(new Map([...part.places].map(([name, place]) => [name, retarget(place, goal)])));
  let own = part.locals;
  for (const exit of Object.values<Fragment<Y> | string>(to)) {
    if (typeof exit === 'string') {
      if (exit !== STOPPED && exit !== ENDED) exits.add(exit as Open);
      continue;
    }
    add(exit.places);
    if (exit.locals) own = { ...own, ...exit.locals };
    for (const e of exit.exits) exits.add(e as Open);
  }
  return { entry: goal(part.entry), exits: [...exits], places, ...(own && { locals: own }) };
}

/** One fragment after the other: `next` of each is the entry of the following. Other exits stay open. */
export function sequence<X extends string>(...parts: readonly Fragment<X | 'next'>[]): Fragment<X | 'next'> {
  const [first, ...rest] = parts;
  if (!first) throw new Error('a sequence needs a fragment');
  if (rest.length === 0) return first;
  const open = Object.fromEntries(first.exits.map((exit) => [exit, exit]));
  return wire(first, { ...open, next: sequence<X>(...rest) } as never) as Fragment<X | 'next'>;
}

/** Everything that a reader of `machine.config` finds in the meta of the root. */
export interface RootMeta {
  readonly locals: Readonly<Record<string, LocalDeclaration>>;
  readonly parameters: readonly string[];
}

/** Everything that a reader of `machine.config` finds in the meta of a state. */
export interface PlaceMeta extends Site {
  readonly line: number;
  readonly comment: number | null;
  readonly says: string;
  readonly kinds: readonly string[];
}

/** The locals that some step mentions: the others would only widen the state. */
function mentionedIn(states: object, declared: RootMeta['locals']): RootMeta['locals'] {
  const text = JSON.stringify(states);
  const used = Object.entries(declared).filter(([name]) => text.includes(`"k":"local","name":"${name}"`));
  return Object.fromEntries(used);
}

/**
 * Builds the XState machine of a thread from a fragment without open exits. A place that no step reaches is dropped; a target
 * that does not exist is an error.
 */
export function machine(
  name: string,
  body: Fragment<never>,
  declared: {
    readonly locals: Readonly<Record<string, LocalDeclaration>>;
    readonly parameters: readonly string[];
  },
): AnyStateMachine {
  const states: Record<string, object> = {};
  const reached = [body.entry];
  for (const at of reached) {
    if (at === ENDED || at === STOPPED || states[at]) continue;
    const place = body.places.get(at);
    if (!place) throw new Error(`machine '${name}': no place '${at}'`);
    const on: Record<string, object[]> = {};
    for (const [event, branches] of Object.entries(eventsOf(place))) {
      on[event] = branches.map((b) => ({
        target: b.target,
        ...(b.guard && { guard: { type: 'when', params: { test: b.guard } } }),
        actions: [{ type: 'apply', params: { effects: b.effects } }],
        meta: { kinds: b.kinds },
      }));
      reached.push(...branches.map((b) => b.target));
    }
    const meta: PlaceMeta = {
      ...place.site,
      line: place.line,
      comment: place.comment ?? null,
      says: place.says,
      kinds: place.kinds ?? [],
    };
    states[at] = { meta, tags: [...(place.tags ?? [])], on };
  }
  states[ENDED] = { type: 'final' };
  states[STOPPED] = { type: 'final' };
  const locals = mentionedIn(states, { ...declared.locals, ...body.locals });
  const meta: RootMeta = { locals, parameters: declared.parameters };
  const config = { id: name, initial: body.entry, context: {} as ThreadContext, meta, states };
  return words.createMachine(config as never) as unknown as AnyStateMachine;
}
