import type { Condition } from '../../model/language/system.ts';
import { sharedStores } from '../program/accesses.ts';
import { endangered } from '../program/endangered.ts';
import type { Program, ProgramBranch, ProgramPlace, ProgramThread } from '../program/program.ts';
import { isUnread, type Unread } from '../reduce/slicing.ts';
import type { ConditionCode } from './condition-code.ts';
import {
  type EffectContext,
  effectsCode,
  type SuccessorWords,
  successorWords,
  violatedCode,
} from './effect-code.ts';
import { allEnded, type CheckSite, truthCode } from './expression-code.ts';
import { type Cells, type Layout, maskOf } from './layout.ts';
import { inMemory, loadedOnce, standing, type WordsCode } from './words-code.ts';

/** What all steps of a program are generated in. */
export interface StepContext {
  readonly program: Program;
  readonly layout: Layout;
  readonly conditions: ConditionCode;
  readonly maskWords: number;
  readonly site: (site: CheckSite) => number;
  readonly unread: Unread;
  /** Locals of the thread to reset on entering a place. */
  readonly dead: (thread: number, place: number) => ReadonlySet<string>;
}

/** Words of the state before: those that guards need are loaded first, the others where a step is taken. */
const beforeWord = (guards: { readonly loaded: ReadonlySet<number> }, n: number): string =>
  guards.loaded.has(n) ? `s${n}` : `S[p + ${n}]`;

/** Stores constants into cells, one operation for each word. */
function patchesCode(patches: readonly { cells: Cells; value: number }[], words: SuccessorWords): string {
  const byWord = new Map<number, { clear: number; bits: number }>();
  for (const { cells, value } of patches) {
    if (cells.bits === 0) continue;
    const { word, shift } = standing(cells, 0);
    const merged = byWord.get(word) ?? { clear: 0, bits: 0 };
    merged.clear |= maskOf(cells) << shift;
    merged.bits |= (value - cells.low) << shift;
    byWord.set(word, merged);
  }
  return [...byWord]
    .map(([word, { clear, bits }]) => words.assign(word, `(${words.word(word)} & (${~clear})) | (${bits})`))
    .join('\n');
}

function judgeCode(
  branch: ProgramBranch,
  thread: ProgramThread,
  effect: EffectContext,
  c: StepContext,
): string {
  const { always, sometimes } = sharedStores(branch.effects);
  const ends = thread.places[branch.target]!.final === 'ended';
  const lines: string[] = [];
  for (const monitor of c.program.monitors) {
    const watched = [...monitor.watches];
    const certain = watched.some((name) => always.has(name));
    const flags = watched.filter((name) => sometimes.has(name)).map((name) => flagOf(c.program, name));
    if (!certain && flags.length === 0) continue;
    const test = certain ? '' : `(${flags.join(' | ')}) !== 0 && `;
    lines.push(`if (${test}${c.conditions.monitor(monitor)}(O, q)) { ${violatedCode(monitor.check)} }`);
  }
  const judge = (check: number, name: string, conditions: readonly Condition[]): string => {
    if (conditions.length === 0) return '';
    const those = conditions.map(({ that }) => that);
    return `if (!${c.conditions.conditions(those, `check '${name}'`)}(O, q)) { ${violatedCode(check)} }`;
  };
  const atEnd: string[] = [];
  for (const { number, declared, always: invariants, atEnd: final } of c.program.checks) {
    lines.push(judge(number, declared.name, endangered(invariants, branch, thread)));
    if (ends) atEnd.push(judge(number, declared.name, final));
  }
  if (atEnd.some((line) => line !== '')) {
    const others = c.program.threads.map((t) => t.number).filter((n) => n !== thread.number);
    const test = allEnded(others, effect, inMemory(c.layout, 'O', 'q'));
    lines.push(`if (${test}) {\n${atEnd.join('\n')}\n}`);
  }
  return lines.filter((line) => line !== '').join('\n');
}

const flagOf = (program: Program, variable: string): string =>
  `f${[...program.declared.keys()].indexOf(variable)}`;

function branchCode(
  event: number,
  branch: ProgramBranch,
  place: ProgramPlace,
  thread: ProgramThread,
  guards: { readonly loaded: ReadonlySet<number> },
  base: Omit<EffectContext, 'onStore'>,
  c: StepContext,
): string {
  const watched = new Set(c.program.monitors.flatMap((m) => [...m.watches]));
  const flags = new Set<string>();
  const onStore = (name: string): string => {
    if (!watched.has(name)) return '';
    flags.add(flagOf(c.program, name));
    return ` ${flagOf(c.program, name)} = 1;`;
  };
  const effect: EffectContext = { ...base, onStore };
  const words = successorWords(c.layout);
  const effects = effectsCode(branch.effects, effect, words);
  const stored = new Set(branch.effects.length > 0 ? localStores(branch.effects) : []);
  const already = c.dead(thread.number, place.number);
  const patches = [...c.dead(thread.number, branch.target)]
    .filter((name) => !already.has(name) || stored.has(name))
    .map((name) => ({
      cells: c.layout.locals[thread.number]!.get(name)!,
      value: thread.locals.find((l) => l.name === name)!.initial,
    }));
  const arrive = patchesCode(
    branch.target === place.number
      ? patches
      : [...patches, { cells: c.layout.places[thread.number]!, value: branch.target }],
    words,
  );
  const judge = judgeCode(branch, thread, effect, c);
  const all = Array.from({ length: c.layout.words }, (_, n) => n);
  const masks = Array.from({ length: c.maskWords }, (_, k) => k);
  return [
    '{',
    `const q = n * ${c.layout.words};`,
    `let ${[...masks.map((k) => `m${k} = 0`), ...[...flags].map((f) => `${f} = 0`)].join(', ')};`,
    ...all.filter((n) => c.layout.spanning.has(n)).map((n) => `O[q + ${n}] = ${beforeWord(guards, n)};`),
    ...[...words.touched].map((n) => `let o${n} = ${beforeWord(guards, n)};`),
    effects,
    arrive,
    ...all
      .filter((n) => !c.layout.spanning.has(n))
      .map((n) => `O[q + ${n}] = ${words.touched.has(n) ? `o${n}` : beforeWord(guards, n)};`),
    judge,
    ...masks.map((k) => `M[n * ${c.maskWords} + ${k}] = m${k};`),
    `E[n] = ${(thread.number << 16) | event};`,
    'n++;',
    `C[${branch.number}] = 1;`,
    '}',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function localStores(effects: ProgramBranch['effects']): string[] {
  return effects.flatMap((e) => {
    if (e.k === 'if') return [...localStores(e.then), ...localStores(e.otherwise)];
    return e.k === 'set' && e.to.k === 'local' ? [e.to.name] : [];
  });
}

/** Name and text of the function (S, p, n) that writes the successors by one thread at one place and gives the new n. */
export function stepCode(
  thread: ProgramThread,
  place: ProgramPlace,
  c: StepContext,
): { name: string; text: string } {
  const temporaries: string[] = [];
  const base: Omit<EffectContext, 'onStore'> = {
    program: c.program,
    layout: c.layout,
    scope: thread.scope,
    locals: c.layout.locals[thread.number]!,
    where: `thread '${thread.id}', place '${place.name}'`,
    site: c.site,
    temporary: () => temporaries[temporaries.push(`t${temporaries.length}`) - 1]!,
    checkNumber: (name) => c.program.checkNumber.get(name),
    unread: (to) => isUnread(c.unread, to, thread.number),
  };
  const guards = loadedOnce(c.layout, 'S', 'p', 's');
  const guardOf = (branch: ProgramBranch, words: WordsCode): string =>
    branch.guard ? truthCode(branch.guard, base, words) : 'true';
  // All guards first: only then is it known which words are loaded at the head.
  const tests = place.events.map((event) => event.branches.map((branch) => guardOf(branch, guards)));
  const bodies = place.events.map((event, e) =>
    event.branches
      .map((branch, b) => {
        const test = tests[e]![b]!;
        return test === 'false'
          ? ''
          : `if (${test}) ${branchCode(event.number, branch, place, thread, guards, base, c)}`;
      })
      .filter((text) => text !== '')
      .join('\nelse '),
  );
  const head = [
    ...[...guards.loaded].map((n) => `const s${n} = S[p + ${n}];`),
    ...(temporaries.length > 0 ? [`let ${temporaries.map((t) => `${t} = 0`).join(', ')};`] : []),
  ];
  const name = `t${thread.number}p${place.number}`;
  return { name, text: `function ${name}(S, p, n) {\n${[...head, ...bodies].join('\n')}\nreturn n;\n}` };
}
