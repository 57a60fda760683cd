import { initialConfiguration } from '../program/configuration.ts';
import type { Program } from '../program/program.ts';
import { canChoose, conflictsOf } from '../reduce/conflicts.ts';
import { deadLocals } from '../reduce/dead-locals.ts';
import { Footprints } from '../reduce/footprint.ts';
import { allRead, unreadVariables } from '../reduce/slicing.ts';
import type { Symmetry } from '../reduce/symmetry.ts';
import { canonicalCode } from './canonical-code.ts';
import { choiceCode } from './choice-code.ts';
import { conditionCode } from './condition-code.ts';
import { expandCode, forcedCode } from './expand-code.ts';
import type { CheckSite } from './expression-code.ts';
import { type Layout, layoutOf, pack } from './layout.ts';
import { type RuntimeChecks, runtimeChecks } from './runtime-checks.ts';
import { copyCode, hashCode, sameCode } from './state-code.ts';
import { stepCode } from './step-code.ts';
import { inMemory, readCell } from './words-code.ts';

/** Where generated code writes. */
export interface Buffers {
  /** Successors, `words` words each. */
  readonly states: Int32Array;
  /** Violated checks of the steps, `maskWords` words each; check c is bit c % 31 of word floor(c / 31). */
  readonly masks: Int32Array;
  /** The moves: thread << 16 | event number. */
  readonly moves: Int32Array;
  /** By which symmetry each successor was replaced, by number. */
  readonly renamings: Int32Array;
  /** One byte for each branch, 1 once it is taken. */
  readonly coverage: Uint8Array;
}

/** Generated functions, bound to buffers. */
export interface Bound {
  /** Appends all successors of the state at `states[at]` to the buffers as number n, n + 1, ...; gives the new n. */
  readonly expand: (states: Int32Array, at: number, n: number) => number;
  /** As `expand`, but without running through forced steps and without choosing one state of each orbit. */
  readonly step: (states: Int32Array, at: number, n: number) => number;
  /**
   * If the state has only one step to take, which is then not given as a state of its own: puts the one after it at n. `last` is
   * the thread that made the step before.
   */
  readonly forced: (states: Int32Array, at: number, n: number, last: number) => 0 | 1;
  /** Replaces the state at this word of `buffers.states` by the one that stands for its orbit; gives the number of the symmetry. */
  readonly canonical: (at: number) => number;
  readonly hash: (states: Int32Array, at: number) => number;
  readonly same: (a: Int32Array, at: number, b: Int32Array, bt: number) => boolean;
  readonly copy: (from: Int32Array, at: number, to: Int32Array, tt: number) => void;
}

/** A program as generated code. */
export interface Compiled {
  readonly program: Program;
  readonly layout: Layout;
  readonly words: number;
  readonly maskWords: number;
  /** The most successors that a state can have. */
  readonly widest: number;
  readonly initial: Int32Array;
  readonly reduce: CodeReductions;
  /**
   * Functions, arrays and tables of functions in a small part of JavaScript: 32-bit numbers, arrays of them (names that begin
   * with a capital), no objects. It is run as it stands or read again and written as WebAssembly.
   */
  readonly text: string;
  /** Arrays that the text reads beside its own, by name. */
  readonly constants: Readonly<Record<string, Uint8Array>>;
  readonly checks: RuntimeChecks;
  /** What the checks speak of, by number. */
  readonly sites: readonly CheckSite[];
  /** As functions of the JavaScript engine. */
  readonly bind: (buffers: Buffers) => Bound;
}

/** Reductions that the code does by itself. They change counts. */
export interface CodeReductions {
  /** Variables that nobody reads take no room and are not stored to. */
  readonly slicing?: boolean;
  readonly deadLocals?: boolean;
  /** Like fusion only where sets of threads can be chosen. */
  readonly partialOrder?: boolean;
  /** What clashes is also asked of each state, where the masks that speak of all states do not let one thread go alone. */
  readonly reach?: boolean;
  /** Steps that are the only ones to take are run through without giving the states between. */
  readonly fusion?: boolean;
  /** More than one, the first of which changes nothing: states are replaced by the least of their orbit. */
  readonly symmetries?: readonly Symmetry[];
}

/** Turns a program into code. */
export function compile(program: Program, reduce: CodeReductions = {}): Compiled {
  const unread = reduce.slicing ? unreadVariables(program) : allRead;
  const layout = layoutOf(program, unread);
  const maskWords = Math.max(1, Math.ceil(program.checks.length / 31));
  const sites: CheckSite[] = [];
  const site = (s: CheckSite): number => sites.push(s) - 1;
  const conditions = conditionCode(program, layout, site);
  const nothing: ReadonlySet<string> = new Set();
  const deadPlaces = reduce.deadLocals ? program.threads.map(deadLocals) : [];
  const dead = (thread: number, place: number): ReadonlySet<string> => deadPlaces[thread]?.[place] ?? nothing;
  const context = { program, layout, conditions, maskWords, site, dead, unread };

  const texts: string[] = [];
  const dispatch: string[] = [];
  for (const thread of program.threads) {
    const names = thread.places.map((place) => {
      if (place.events.length === 0) return 'none';
      const { name, text } = stepCode(thread, place, context);
      texts.push(text);
      return name;
    });
    texts.push(`const T${thread.number} = [${names.join(', ')}];`);
    const at = readCell(inMemory(layout, 'S', 'p'), layout.places[thread.number]!, 0);
    dispatch.push(`if (c & ${1 << thread.number}) n = T${thread.number}[${at}](S, p, n);`);
  }
  const [partialOrder, fusion] = [reduce.partialOrder, reduce.fusion].map((r) => r && canChoose(program));
  const footprints = partialOrder || fusion ? new Footprints(program, unread) : null;
  const how = { reach: reduce.reach === true, fused: fusion === true };
  const choice =
    footprints && choiceCode({ program, layout, footprints, ...how, site }, conflictsOf(program, footprints));
  if (choice) texts.push(...choice.texts);
  const group = reduce.symmetries ?? [];
  const symmetric = group.length > 1;
  if (symmetric) texts.push(...canonicalCode(program, layout, group));
  const text = [
    'function none(S, p, n) { return n; }',
    ...conditions.functions(),
    ...texts,
    `function take(c, S, p, from) {\nlet n = from;\n${dispatch.join('\n')}\nreturn n;\n}`,
    `function step(S, p, n) { return take(${partialOrder ? 'choose(S, p, -1)' : '-1'}, S, p, n); }`,
    fusion ? forcedCode(layout.words, maskWords) : 'function forced(S, p, n, last) { return 0; }',
    symmetric ? '' : 'function canonical(q) { return 0; }',
    expandCode(layout.words, fusion === true, symmetric),
    hashCode(layout.words),
    sameCode(layout.words),
    copyCode(layout.words),
  ].join('\n');
  const initial = new Int32Array(layout.words);
  pack(program, layout, initialConfiguration(program), initial, 0);
  const widest = program.threads.reduce(
    (n, t) => n + Math.max(0, ...t.places.map((p) => p.events.length)),
    0,
  );
  // A forced step is tried beyond the last successor before it takes its place.
  const room = fusion
    ? Math.max(0, ...program.threads.flatMap((t) => t.places.map((p) => p.events.length)))
    : 0;
  const constants = choice?.constants ?? {};
  const checks = runtimeChecks(sites);
  return {
    program,
    layout,
    words: layout.words,
    maskWords,
    widest: widest + room,
    initial,
    reduce,
    text,
    constants,
    checks,
    sites,
    bind: (buffers) => bound(text, constants, checks, buffers),
  };
}

/** The code as functions of this JavaScript engine. */
function bound(
  text: string,
  constants: Compiled['constants'],
  checks: RuntimeChecks,
  buffers: Buffers,
): Bound {
  const source = [
    "'use strict';",
    'const { index, value, divisor } = checks;',
    `const { ${Object.keys(constants).join(', ')} } = constants;`,
    'const { states: O, masks: M, moves: E, renamings: N, coverage: C } = buffers;',
    text,
    'return { expand, step, forced, canonical, hash, same, copy };',
  ].join('\n');
  // The text holds numbers and names made here only: nothing that a model or a file says becomes code.
  // oxlint-disable-next-line typescript/no-implied-eval
  const make = new Function('checks', 'constants', 'buffers', source) as (
    checks: RuntimeChecks,
    constants: Compiled['constants'],
    buffers: Buffers,
  ) => Bound;
  return make(checks, constants, buffers);
}
