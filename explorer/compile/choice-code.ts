import type { Program, ProgramPlace, ProgramThread } from '../program/program.ts';
import { type Conflicts, GUARD_CLASHES, STEP_CLASHES } from '../reduce/conflicts.ts';
import type { Footprints } from '../reduce/footprint.ts';
import { type CheckSite, type CodeContext, truthCode } from './expression-code.ts';
import type { Layout } from './layout.ts';
import { aroundCode } from './reach/around-code.ts';
import { inMemory, readCell, type WordsCode } from './words-code.ts';

interface ChoiceContext {
  readonly program: Program;
  readonly layout: Layout;
  readonly footprints: Footprints;
  readonly reach: boolean;
  readonly fused: boolean;
  readonly site: (s: CheckSite) => number;
}

/** Code for whether some event of a place is enabled. */
function enabledCode(place: ProgramPlace, context: CodeContext, words: WordsCode): string {
  const branches = place.events.flatMap((e) => e.branches);
  if (branches.some((b) => b.guard === null)) return 'true';
  const tests = branches.map((b) => truthCode(b.guard!, context, words));
  return tests.length === 0 ? 'false' : tests.join(' || ');
}

function enabledFunctions(thread: ProgramThread, c: ChoiceContext): string[] {
  const words = inMemory(c.layout, 'S', 'p');
  const names: string[] = [];
  const texts = thread.places.flatMap((place) => {
    const temporaries: string[] = [];
    const context: CodeContext = {
      program: c.program,
      layout: c.layout,
      scope: thread.scope,
      locals: c.layout.locals[thread.number]!,
      where: `thread '${thread.id}', place '${place.name}'`,
      site: c.site,
      temporary: () => temporaries[temporaries.push(`t${temporaries.length}`) - 1]!,
    };
    const code = enabledCode(place, context, words);
    if (code === 'true' || code === 'false') {
      names.push(code === 'true' ? 'always' : 'never');
      return [];
    }
    const name = `e${thread.number}p${place.number}`;
    names.push(name);
    const declared = temporaries.length > 0 ? `let ${temporaries.map((t) => `${t} = 0`).join(', ')};` : '';
    return [`function ${name}(S, p) {\n${declared}\nreturn ${code};\n}`];
  });
  return [...texts, `const E${thread.number} = [${names.join(', ')}];`];
}

/** The conflicts in two arrays that code can index: rows after one another, each with the number at which it begins. */
interface FlatConflicts {
  readonly clashes: Uint8Array;
  readonly clashesAt: readonly (readonly number[])[];
  readonly leaving: Uint8Array;
  readonly leavingAt: readonly number[];
}

function flat({ clashes, leaving }: Conflicts): FlatConflicts {
  const joined = (rows: readonly Uint8Array[]): { all: Uint8Array; at: number[] } => {
    const at: number[] = [];
    let length = 0;
    for (const row of rows) {
      at.push(length);
      length += row.length;
    }
    const all = new Uint8Array(length);
    rows.forEach((row, n) => {
      all.set(row, at[n]);
    });
    return { all, at };
  };
  const { all, at } = joined(clashes.flat());
  const threads = leaving.length;
  const out = joined(leaving);
  return {
    clashes: all,
    clashesAt: leaving.map((_, t) => at.slice(t * threads, (t + 1) * threads)),
    leaving: out.all,
    leavingAt: out.at,
  };
}

/** Code for the place of thread number t, counted through the threads. */
const placeOfChosen = ({ program, layout }: ChoiceContext, at: readonly number[]): string =>
  `${program.threads
    .map(
      ({ number: t }) =>
        `t === ${t} ? ${readCell(inMemory(layout, 'S', 'p'), layout.places[t]!, 0)} + ${at[t]} : `,
    )
    .join('')}0`;

/** Choices that are remembered, as a power of two. */
const MEMORY_BITS = 13;

/**
 * The text of `single(S, p, e, hint)`: a thread that may go alone for what can be found in this very state, -1 if there is none.
 * With fusion a state is only stored when no thread could go alone: it is asked again for those alone that had several ways to
 * go. Many runs lead to the same state, so what was found is remembered, under the exact state, until another takes its place. That
 * nobody could go alone does not depend on who came last.
 */
function singleCode(c: ChoiceContext, leavingAt: readonly number[]): string[] {
  const { threads } = c.program;
  const { words } = c.layout;
  const cells = inMemory(c.layout, 'S', 'p');
  const entry = words + 2;
  const all = Array.from({ length: words }, (_, n) => n);
  const mayLead = threads.map(({ number: t, places }) => {
    const flags = places.map((p) => (c.fused && p.events.length < 2 ? 1 : 2));
    return `const Lead${t} = Int32Array.of(${flags.join(', ')});`;
  });
  return [
    ...mayLead,
    `const Chosen = new Int32Array(${entry * 2 ** MEMORY_BITS});`,
    `function single(S, p, e, hint) {
${threads.map(({ number: t }) => `const q${t} = ${readCell(cells, c.layout.places[t]!, 0)};`).join('\n')}
const wanted = hint < 0 ? 2 : 1;
let may = 0;
${threads.map(({ number: t }) => `if ((e & ${1 << t}) !== 0 && L[q${t} + ${leavingAt[t]}] === 1 && Lead${t}[q${t}] >= wanted) may |= ${1 << t};`).join('\n')}
if (may === 0) return -1;
const at = Math.imul(hash(S, p) >>> ${32 - MEMORY_BITS}, ${entry});
if ((Chosen[at] === hint + 2 || Chosen[at] > 1 && hint >= 0 && Chosen[at + 1] < 0) && ${all.map((n) => `Chosen[at + ${2 + n}] === S[p + ${n}]`).join(' && ')}) return Chosen[at + 1];
meet(S, p, e);
let chosen = -1;
if (hint >= 0 && (may & 1 << hint) !== 0 && around(hint, e) === 1) chosen = hint;
for (let t = 0; t < ${threads.length} && chosen < 0; t++) {
if (t !== hint && (may & 1 << t) !== 0 && around(t, e) === 1) chosen = t;
}
Chosen[at] = hint + 2;
Chosen[at + 1] = chosen;
${all.map((n) => `Chosen[at + ${2 + n}] = S[p + ${n}];`).join('\n')}
return chosen;
}`,
  ];
}

/**
 * The text of `choose(S, p)`: a set of threads, as bits, all of whose enabled steps are taken at a state while the others wait.
 * The set is closed: no thread outside can, while those inside stand still, come to a step that clashes with a next step of
 * those inside (a persistent set: Overman's and Godefroid's construction by threads). Of a thread inside that is not enabled
 * only the guards count, since nobody outside can enable it. The set must hold an enabled step that lies on no cycle of
 * its machine; of several sets the one with the fewest threads that can move is taken, ties by thread number.
 */
export function choiceCode(
  c: ChoiceContext,
  conflicts: Conflicts,
): { readonly texts: readonly string[]; readonly constants: Readonly<Record<string, Uint8Array>> } {
  const { threads } = c.program;
  const { clashes: D, clashesAt, leaving: L, leavingAt } = flat(conflicts);
  const words = inMemory(c.layout, 'S', 'p');
  const others = (t: number): number[] => threads.map((u) => u.number).filter((u) => u !== t);
  const texts = [
    'function always(S, p) { return true; }',
    'function never(S, p) { return false; }',
    ...threads.flatMap((t) => enabledFunctions(t, c)),
    `const R = new Int32Array(${threads.length});`,
    `function bits(m) { let n = 0; for (; m !== 0; m &= m - 1) n++; return n; }`,
    'function choose(S, p, hint) {',
    'let e = 0;',
    ...threads.map(({ number: t }) => `const q${t} = ${readCell(words, c.layout.places[t]!, 0)};`),
    ...threads.map(({ number: t }) => `if (E${t}[q${t}](S, p)) e |= ${1 << t};`),
    'if ((e & (e - 1)) === 0) return e;',
    ...threads.map(({ number: t }) => {
      const kind = `(e & ${1 << t} ? ${STEP_CLASHES} : ${GUARD_CLASHES})`;
      const one = (u: number): string =>
        `(D[q${t} * ${threads[u]!.places.length} + q${u} + ${clashesAt[t]![u]}] & k${t} ? ${1 << u} : 0)`;
      return `const k${t} = ${kind}; R[${t}] = ${others(t).map(one).join(' | ') || '0'};`;
    }),
    'let best = e, least = bits(e);',
    ...threads.map(
      ({ number: t }) => `if ((e & ${1 << t}) !== 0 && L[q${t} + ${leavingAt[t]}] === 1) {
const inside = closed(${1 << t}) & e, n = bits(inside);
if (n === 1) return inside;
if (n < least) { best = inside; least = n; }
}`,
    ),
    ...(c.reach ? ['const t = single(S, p, e, hint);', 'if (t >= 0) return 1 << t;'] : []),
    'return best;',
    '}',
    ...(c.reach ? [...aroundCode(c.program, c.footprints, c.layout), ...singleCode(c, leavingAt)] : []),
    'function alone(S, p, hint) {',
    'const c = choose(S, p, hint);',
    'if (c === 0 || (c & (c - 1)) !== 0) return 0;',
    'const t = 31 - Math.clz32(c);',
    `return L[${placeOfChosen(c, leavingAt)}] === 1 ? c : 0;`,
    '}',
    `function closed(m) {
for (let open = m; open !== 0;) {
const one = open & -open, more = R[31 - Math.clz32(one)] & ~m;
m |= more; open = (open | more) & ~one;
}
return m;
}`,
  ];
  return { texts, constants: { D, L } };
}
