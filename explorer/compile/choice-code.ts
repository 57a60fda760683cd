import type { Program, ProgramPlace, ProgramThread } from '../program/program.ts';
import { GUARD_CLASHES, STEP_CLASHES } from '../reduce/conflicts.ts';
import { type CheckSite, type CodeContext, truthCode } from './expression-code.ts';
import type { Layout } from './layout.ts';
import { inMemory, readCell, type WordsCode } from './words-code.ts';

interface ChoiceContext {
  readonly program: Program;
  readonly layout: Layout;
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

/** Code for the place of thread number t. */
const placeOfChosen = ({ program, layout }: ChoiceContext): string =>
  `${program.threads
    .map(({ number: t }) => `t === ${t} ? ${readCell(inMemory(layout, 'S', 'p'), layout.places[t]!, 0)} : `)
    .join('')}0`;

/**
 * The text of `choose(S, p)`: a set of threads, as bits, all of whose enabled steps are taken at a state while the others wait.
 * The set is closed: no thread outside can, while those inside stand still, come to a step that clashes with a next step of
 * those inside (a persistent set: Overman's and Godefroid's construction by threads). Of a thread inside that is not enabled
 * only the guards count, since nobody outside can enable it. The set must hold an enabled step that lies on no cycle of
 * its machine; of several sets the one with the fewest threads that can move is taken, ties by thread number.
 */
export function choiceCode(c: ChoiceContext): string[] {
  const { threads } = c.program;
  const words = inMemory(c.layout, 'S', 'p');
  const others = (t: number): number[] => threads.map((u) => u.number).filter((u) => u !== t);
  return [
    'const always = () => true, never = () => false;',
    ...threads.flatMap((t) => enabledFunctions(t, c)),
    `const row = new Int32Array(${threads.length});`,
    `function bits(m) { let n = 0; for (; m !== 0; m &= m - 1) n++; return n; }`,
    'function choose(S, p) {',
    'let e = 0;',
    ...threads.map(({ number: t }) => `const q${t} = ${readCell(words, c.layout.places[t]!, 0)};`),
    ...threads.map(({ number: t }) => `if (E${t}[q${t}](S, p)) e |= ${1 << t};`),
    'if ((e & (e - 1)) === 0) return e;',
    ...threads.map(({ number: t }) => {
      const kind = `(e & ${1 << t} ? ${STEP_CLASHES} : ${GUARD_CLASHES})`;
      const one = (u: number): string =>
        `(D[${t}][${u}][q${t} * ${threads[u]!.places.length} + q${u}] & k${t} ? ${1 << u} : 0)`;
      return `const k${t} = ${kind}; row[${t}] = ${others(t).map(one).join(' | ') || '0'};`;
    }),
    'let best = e, least = bits(e);',
    ...threads.map(
      ({ number: t }) => `if (e & ${1 << t} && L[${t}][q${t}] === 1) {
const inside = closed(${1 << t}) & e, n = bits(inside);
if (n === 1) return inside;
if (n < least) { best = inside; least = n; }
}`,
    ),
    'return best;',
    '}',
    'function alone(S, p) {',
    'const c = choose(S, p);',
    'if (c === 0 || (c & (c - 1)) !== 0) return 0;',
    'const t = 31 - Math.clz32(c);',
    `return L[t][${placeOfChosen(c)}] === 1 ? c : 0;`,
    '}',
    `function closed(m) {
for (let open = m; open !== 0;) {
const one = open & -open, more = row[31 - Math.clz32(one)] & ~m;
m |= more; open = (open | more) & ~one;
}
return m;
}`,
  ];
}
