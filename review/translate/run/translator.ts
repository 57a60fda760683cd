import { FAIL } from '../../../model/kernel/allocator.ts';
import type { Path } from '../../../model/kernel/path.ts';
import { type Effect, when } from '../../../model/language/effect.ts';
import { differ } from '../../../model/language/expression.ts';
import type { Branch, Fragment, Place, Site } from '../../../model/language/machine.ts';
import { BREAK_OPEN } from '../../../model/threads/break/section.ts';
import { atStart, type Outcome, type Performed, type Standing } from '../actions/step.ts';
import type { Code, Instruction } from '../code/code.ts';
import type { Codes } from '../codes.ts';
import { isTrue } from '../values/arithmetic.ts';
import { type Value, withParts } from '../values/value.ts';
import { type Assignment, inOrder } from './assignments.ts';
import { type Config, frameOf, fullName, movedTo, next, onlyLive, shown, withValue } from './config.ts';
import {
  also,
  canJoin,
  type Draft,
  draftOf,
  isNever,
  nothingYet,
  promising,
  speaksOfOwn,
  under,
} from './draft.ts';
import { ThreadLocals } from './locals.ts';
import { Meaning } from './meaning.ts';
import { placesReached } from './piece.ts';
import { pruned } from './prune.ts';
import type { Purpose, WayOut } from './purpose.ts';
import { BREAKS, endOfBreak, HANDLER, hasFailed, keptFor } from './returns.ts';
import { promiseOf } from './warnings.ts';

/** Bounds of a translation, so that no text can make it run for ever. */
const mostPlaces = 5000;
const mostPureSteps = 20_000;

type SitedPlace = Place & { readonly site: Site };

/**
 * Runs a function of the text with everything known that does not differ from run to run, and writes down a place for each access
 * to shared memory that it comes to. Two moments that no later step could tell apart are one place; so loops close.
 */
export class Translator {
  readonly #codes: Codes;
  readonly #path: Path;
  readonly #purpose: Purpose;
  readonly #meaning: Meaning;
  readonly #locals: ThreadLocals;
  readonly #places = new Map<string, SitedPlace>();
  readonly #known = new Map<string, string>();
  readonly #names = new Set<string>();
  readonly #queue: (() => void)[] = [];
  #temporaries = 0;

  private constructor(codes: Codes, path: Path, purpose: Purpose) {
    this.#codes = codes;
    this.#path = path;
    this.#purpose = purpose;
    this.#locals = new ThreadLocals(path.k);
    this.#meaning = new Meaning(codes, path, purpose.task, this.#locals);
  }

  /** The machine of a function, or of a part of one: `members` are those of structs that stand in the function itself. */
  static translate<X extends string>(
    codes: Codes,
    path: Path,
    purpose: Purpose<X>,
    code: Code,
    args: readonly Value[],
    members: Readonly<Record<string, Value>> = {},
  ): Fragment<X> {
    return new Translator(codes, path, purpose).#translate(code, args, members, purpose.exits);
  }

  #translate<X extends string>(
    code: Code,
    args: readonly Value[],
    members: Readonly<Record<string, Value>>,
    exits: readonly X[],
  ): Fragment<X> {
    let config: Config = { frames: [{ code, at: 0, to: null }], values: new Map(), standing: atStart };
    code.parameters.forEach((parameter, i) => {
      config = withValue(config, fullName(frameOf(config), parameter), args[i] as Value);
    });
    for (const [name, value] of Object.entries(members)) {
      config = withValue(config, fullName(frameOf(config), name), value);
    }
    const [entry, ...others] = this.#run(config, null);
    if (!entry || others.length > 0) throw new Error('a translation has one beginning');
    for (let step = this.#queue.pop(); step; step = this.#queue.pop()) step();
    return pruned({
      entry: entry.target,
      exits,
      places: this.#places,
      locals: this.#locals.declared,
    });
  }

  /** Follows the text from a moment to the next access on each way, and returns the branches that lead there. */
  #run(from: Config, begun: Draft | null): readonly Branch[] {
    const branches: Branch[] = [];
    const open: [Config, Draft | null][] = [[from, begun]];
    let steps = 0;
    while (open.length > 0) {
      let [config, draft] = open.pop() as [Config, Draft | null];
      for (;;) {
        if (++steps > mostPureSteps) {
          this.#meaning.fail(
            config,
            'endless',
            'a loop that touches nothing shared does not end',
            'check the condition of the loop',
          );
        }
        const i = this.#meaning.instruction(config);
        if (i.op === 'branch') {
          const condition = isTrue(this.#meaning.value(config, i.test), this.#meaning.context(config));
          if (condition.k === 'literal') {
            config = movedTo(config, condition.value !== 0 ? i.yes : i.no);
            continue;
          }
          if (draft === null || speaksOfOwn(condition, draft)) {
            branches.push(this.#branch(draft, this.#decision(config), config));
            break;
          }
          // Branches are tried in order: the second needs no condition of its own.
          open.push([movedTo(config, i.no), draft]);
          [config, draft] = [movedTo(config, i.yes), under(draft, condition)];
          continue;
        }
        if (i.op === 'warn') {
          [config, draft] = this.#warn(config, draft, i);
          continue;
        }
        if (i.op === 'return') {
          const value = i.value && this.#meaning.returned(config, this.#meaning.value(config, i.value));
          const left = this.#leave(config, draft, value);
          if (left.k === 'ended') {
            branches.push(...left.branches);
            break;
          }
          [config, draft] = [left.config, left.draft];
          continue;
        }
        const performed = this.#meaning.perform(config, i);
        if (performed === null) {
          config = this.#meaning.pure(config, i);
          continue;
        }
        if (performed.k === 'value')
          config = next(withValue(config, this.#meaning.target(config, i), performed.value));
        else if (performed.k === 'along' && draft !== null && canJoin(performed.effects, draft)) {
          config = next(config);
          draft = also(draft, performed.effects);
        } else if (performed.k === 'ends') {
          const { when: test, effects } = performed;
          if (draft === null || speaksOfOwn(test, draft)) {
            branches.push(this.#branch(draft, this.#decision(config), config));
            break;
          }
          if (!isNever(test)) branches.push(this.#close(also(under(draft, test), effects), 'stopped', []));
          config = shown(next(config), performed.shown);
        } else {
          branches.push(this.#branch(draft, config, config));
          break;
        }
      }
    }
    return branches;
  }

  /** A warning is a promise about the state before the step that its condition belongs to. */
  #warn(
    config: Config,
    draft: Draft | null,
    i: Instruction & { readonly op: 'warn' },
  ): [Config, Draft | null] {
    const c = this.#meaning.context(config);
    const test = this.#meaning.value(config, i.test);
    const fires = isTrue(test, c);
    if (draft === null || (fires.k === 'literal' && fires.value === 0)) return [next(config), draft];
    const judged = promiseOf(test, c);
    if (!judged) c.warn('unjudged-warning', `what ${i.by}() warns of is judged by no property`);
    return [next(config), judged ? promising(draft, judged.promise, judged.kind) : draft];
  }

  /** A function returns: to its caller, or out of the translation. */
  #leave(
    config: Config,
    draft: Draft | null,
    value: Value | null,
  ):
    | { readonly k: 'goes on'; readonly config: Config; readonly draft: Draft | null }
    | { readonly k: 'ended'; readonly branches: readonly Branch[] } {
    const { code, to } = frameOf(config);
    const isBreak = code.name === HANDLER;
    if (config.standing.held > 0 && (isBreak || config.frames.length === 1)) {
      const what = `${code.name}() returns with a spin lock held on a way that leads here`;
      this.#meaning.context(config).warn('lock-held-at-return', what);
    }
    const returned = isBreak && draft ? endOfBreak(draft, value, this.#meaning.context(config)) : draft;
    const ended = this.#afterBreak(config, returned, value);
    const failedBreak = BREAKS.has(code.name) ? hasFailed(value) : config.standing.failed;
    const standing = { ...(isBreak ? atStart : config.standing), failed: failedBreak };
    if (config.frames.length > 1) {
      const caller = { ...config, frames: config.frames.slice(0, -1), standing };
      return { k: 'goes on', config: value ? withValue(caller, to, value) : caller, draft: ended };
    }
    const ways = this.#purpose.leave(value, standing.failed, this.#meaning.context(config));
    const out = ([target, condition]: WayOut): Branch => {
      const base = ended ?? nothingYet;
      return this.#close(condition ? under(base, condition) : base, target, []);
    };
    return { k: 'ended', branches: ways.map(out) };
  }

  /** The purpose may ask what becomes of a break that fails, once the outermost function of it returns. */
  #afterBreak({ frames }: Config, draft: Draft | null, value: Value | null): Draft | null {
    const effects = this.#purpose.onFailedBreak;
    const [inner, ...outer] = frames.map(({ code }) => BREAKS.has(code.name)).reverse();
    if (!effects || !draft || value?.k !== 'int' || !inner || outer.includes(true)) return draft;
    return also(draft, when(differ(value.e, 0), effects));
  }

  /** The branch that leads to the place where `config` stands. */
  #branch(draft: Draft | null, at: Config | string, config: Config): Branch {
    const live = onlyLive(config);
    const { values, assignments } = this.#settled(live);
    const settled = { ...live, values, standing: this.#kept(live) };
    const target = typeof at === 'string' ? at : this.#placeFor(settled);
    return this.#close(draft ?? nothingYet, target, assignments);
  }

  #close(draft: Draft, target: string, assignments: readonly Assignment[]): Branch {
    const effects: readonly Effect[] = [...draft.promises, ...draft.effects];
    const temporary = (type: Assignment['type']) =>
      this.#locals.of(`ring_${++this.#temporaries}`, 'value', type);
    return {
      target,
      guard: draft.guard,
      effects: inOrder(assignments, effects, temporary),
      kinds: draft.kinds,
    };
  }

  /** Every part that differs from run to run gets into the local that is its own. */
  #settled(config: Config): { values: Config['values']; assignments: Assignment[] } {
    const assignments: Assignment[] = [];
    const values = new Map<string, Value>();
    for (const [name, value] of [...config.values].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const own = withParts(value, (part, e) => {
        if (e.k === 'literal') return e;
        const type = this.#locals.typeOf(value, part);
        const to = this.#locals.of(name, part, type);
        if (e.k !== 'local' || e.name !== to.name) assignments.push({ to, value: e, type });
        return to;
      });
      values.set(name, own);
    }
    return { values, assignments };
  }

  #placeFor(config: Config): string {
    const key = JSON.stringify([
      config.frames.map(({ code, at, to }) => [code.name, at, to]),
      [...config.values],
      config.standing,
    ]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const i = this.#meaning.instruction(config);
    if (this.#known.size > mostPlaces) {
      const hint = 'bound the loop, or the numbers that it counts';
      this.#meaning.fail(config, 'endless', `the text has more than ${mostPlaces} different steps`, hint);
    }
    const performed = this.#meaning.perform(config, i) as Performed;
    const name = this.#freshName(`${('by' in i && i.by) || i.op}_${i.at.fileLine}`);
    if (performed.k === 'piece') {
      this.#known.set(key, `${name}/${performed.piece.entry}`);
      this.#queue.push(() => this.#splice(name, performed, config, i));
    } else {
      this.#known.set(key, name);
      this.#queue.push(() => this.#addPlace(name, performed, config, i));
    }
    return this.#known.get(key) as string;
  }

  #freshName(base: string): string {
    let name = base;
    for (let n = 2; this.#names.has(name); n++) name = `${base}_${n}`;
    this.#names.add(name);
    return name;
  }

  #addPlace(name: string, performed: Performed, config: Config, i: Instruction): void {
    if (performed.k === 'along') {
      const draft = { ...nothingYet, effects: performed.effects };
      this.#put(name, 'may sleep', [], config, i, [['STEP', this.#run(next(config), draft)]]);
      return;
    }
    if (performed.k !== 'step') throw new Error('only a step has a place');
    const standing = this.#opened(config, i);
    const onward = (outcome: Outcome): readonly Branch[] => {
      if (outcome.stops) return [this.#close(draftOf(outcome), 'stopped', [])];
      const moved = { ...next(config), standing: { ...standing, ...outcome.standing } };
      const valued = outcome.result
        ? withValue(moved, this.#meaning.target(config, i), outcome.result)
        : moved;
      return this.#run(outcome.shown ? shown(valued, outcome.shown) : valued, draftOf(outcome));
    };
    const events = [...new Set(performed.outcomes.map((outcome) => outcome.event))].filter(this.#happens);
    const on = events.map(
      (event) => [event, performed.outcomes.filter((o) => o.event === event).flatMap(onward)] as const,
    );
    this.#put(name, performed.says, performed.kinds, config, i, on);
  }

  #put(
    name: string,
    says: string,
    kinds: readonly string[],
    config: Config,
    i: Instruction,
    on: readonly (readonly [string, readonly Branch[]])[],
  ): void {
    const isOpen = this.#opened(config, i).open && config.frames.some((frame) => frame.code.name === HANDLER);
    const { fileLine } = i.at;
    const comment = this.#codes.commentAt(i.at);
    this.#places.set(name, {
      site: {
        function: frameOf(config).code.name,
        file: i.at.file,
        source: i.at.patch ?? this.#codes.program.name,
      },
      line: fileLine,
      ...(comment !== null && { comment }),
      says,
      kinds,
      tags: isOpen ? [BREAK_OPEN] : [],
      on: Object.fromEntries(on),
    });
  }

  /** A piece of the model in the place of a step; each of its branches that leaves goes on with the text. */
  #splice(
    name: string,
    performed: Performed & { readonly k: 'piece' },
    config: Config,
    i: Instruction,
  ): void {
    const { piece, results } = performed;
    const standing = this.#opened(config, i);
    const tags = config.frames.some((frame) => frame.code.name === HANDLER) ? [BREAK_OPEN] : [];
    for (const [inner, place, events] of placesReached(piece)) {
      const branchesOf = events.filter(([event]) => this.#happens(event));
      const on = branchesOf.map(([event, branches]) => [
        event,
        branches.flatMap((branch): readonly Branch[] => {
          const result = results[branch.target];
          if (!result)
            return [
              { ...branch, target: branch.target === 'stopped' ? 'stopped' : `${name}/${branch.target}` },
            ];
          const { guard, effects, kinds } = branch;
          const draft: Draft = { event: 'STEP', guard, promises: [], effects, kinds };
          const moved = withValue({ ...next(config), standing }, this.#meaning.target(config, i), result);
          return this.#run(moved, draft);
        }),
      ]);
      this.#places.set(`${name}/${inner}`, { ...place, tags, on: Object.fromEntries(on) });
    }
  }

  /** A condition on locals alone that no step can decide: a step of its own. */
  #decision(config: Config): string {
    const settled = { ...onlyLive(config), standing: this.#kept(config) };
    const { values } = this.#settled(settled);
    const at = { ...settled, values };
    const key = `decide ${JSON.stringify([at.frames.map(({ code, at: n, to }) => [code.name, n, to]), [...values], at.standing])}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const i = this.#meaning.instruction(at);
    const name = this.#freshName(`decide_${i.at.fileLine}`);
    this.#known.set(key, name);
    this.#queue.push(() => this.#put(name, 'decide', [], at, i, [['STEP', this.#run(at, nothingYet)]]));
    return name;
  }

  #kept(config: Config): Standing {
    return keptFor(this.#path, config, this.#purpose);
  }

  readonly #happens = (event: string): boolean => event !== FAIL || this.#purpose.neverFails !== true;

  #opened(config: Config, i: Instruction): Standing {
    return i.op === 'load' ? config.standing : { ...config.standing, open: true };
  }
}
