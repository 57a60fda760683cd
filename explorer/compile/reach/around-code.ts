import { elements } from '../../../model/language/variable.ts';
import type { Program } from '../../program/program.ts';
import type { Footprints } from '../../reduce/footprint.ts';
import type { Layout } from '../layout.ts';
import { inMemory, readCell } from '../words-code.ts';
import { FELT, STORED } from './felt-code.ts';
import { roamCode } from './roam-code.ts';
import { guardsOf, type RoamLayout, readsOf, roamLayoutOf } from './roam-layout.ts';

function loadCode(program: Program, footprints: Footprints, layout: Layout, roam: RoamLayout): string {
  const words = inMemory(layout, 'S', 'p');
  const { locations } = footprints;
  const lines: string[] = [];
  for (const variable of program.system.shared) {
    for (let n = 0; n < elements(variable); n++) {
      const value = readCell(words, layout.shared.get(variable.name)!, n);
      lines.push(`Start[${locations.element(variable.name, n)}] = bit(${value});`);
    }
  }
  for (const { number: t, places, locals } of program.threads) {
    lines.push(`Stand[${t}] = Rank${t}[${readCell(words, layout.places[t]!, 0)}];`);
    const ended = places.flatMap((p) => (p.final === 'ended' ? [roam.order[t]!.indexOf(p.number)] : []));
    const test = ended.map((rank) => `Stand[${t}] === ${rank}`).join(' || ') || 'false';
    lines.push(`Start[${locations.end(t)}] = bit(${test} ? 1 : 0);`);
    for (const { name } of locals) {
      const value = readCell(words, layout.locals[t]!.get(name)!, 0);
      lines.push(`Start[${roam.locals[t]!.get(name)}] = bit(${value});`);
    }
  }
  return `function load(S, p) {\n${lines.join('\n')}\nreturn 0;\n}`;
}

/**
 * The text of `around(t, e)`: may thread t go alone from the state that was loaded, of whose threads those in e can move?
 *
 * The masks of conflicts.ts speak of all states at once: a table that a thread has allocated for itself and one that everybody
 * points to look the same. Here the question is asked of one state. Thread t stands still and the others go wherever they like:
 * `Can` holds, for each shared variable and each of their locals, at least all values that it takes in any of their runs (an
 * abstract interpretation from this state, Cousot and Cousot 1977; sets of values, without the order of steps). So it is seen which
 * elements their pointers can come to mean, and which guards stay false: a node that only t points to is felt by nobody, and
 * nobody passes a lock that t holds. Nothing is assumed of how a protocol uses its pointers and locks.
 *
 * Why it is sound. Let P be t and the threads that were put inside. None but t can move in this state.
 * 1. `Can` also holds what the step of t stores. Hence it covers every state that the threads outside P come to, before or
 *    after that step, as long as P does nothing else. All that they read and write on such a run is in their sets: an
 *    expression that is left out has one value in all of these states, and evaluating it fails in none.
 * 2. The step of t meets nothing of that, and its own reads are complete in the same sense. So it and any such run can be
 *    exchanged: each finds the same values, takes the same branches and is judged the same, since what a condition or
 *    a monitor looks at because of a step is among the reads of that step.
 * 3. A thread inside that cannot move waits for guards whose reads nobody outside writes: it goes on waiting.
 * This is what a persistent set is (Godefroid 1996, definition 4.1), and what the proof in conflicts.ts asks of P. The condition
 * on cycles is that of the static masks. Clarke, Grumberg and Peled (Model Checking, 1999, chapter 10) call it C1 of an ample
 * set, C2 being the reads of what is judged, C3 the condition on cycles.
 */
export function aroundCode(program: Program, footprints: Footprints, layout: Layout): string[] {
  const roam = roamLayoutOf(program, footprints);
  const { width } = roam;
  const numbers = program.threads.map((t) => t.number);
  const words = Array.from({ length: width }, (_, w) => w);
  const any = (text: (w: number) => string): string => `(${words.map(text).join(' | ')}) !== 0`;
  // What a member reads is what its guards read and what its effects read.
  const felt = (w: number): string => `(Sets[a + ${w}] | Sets[a + ${2 * width + w}])`;
  const writes = (set: string, w: number): string => `Sets[${set} + ${width + w}]`;
  return [
    ...roamCode(program, footprints, roam),
    ...program.threads.map(({ number: t, places }) => {
      const ranks = places.map((p) => roam.order[t]!.indexOf(p.number));
      return `const Rank${t} = Int32Array.of(${ranks.join(', ')});`;
    }),
    `const Near = new Int32Array(${numbers.length});`,
    loadCode(program, footprints, layout, roam),
    `function feel(t, how) {
restart(t);
clear(Base[t], ${3 * width});
${numbers.map((t) => `if (t === ${t}) Felt${t}[Stand[${t}]](${readsOf(roam, t)}, ${guardsOf(roam, t)}, how);`).join('\n')}
return 0;
}`,
    `function clashes(m, u, able) {
const a = Base[m], b = Base[u];
if (able === 0) return ${any((w) => `Sets[a + ${2 * width + w}] & ${writes('b', w)}`)};
return ${any((w) => `(${felt(w)} | ${writes('a', w)}) & ${writes('b', w)} | ${writes('a', w)} & (Sets[b + ${w}] | Sets[b + ${2 * width + w}])`)};
}`,
    `function meet(S, p, e) {
load(S, p);
for (let n = 0; n < ${roam.size}; n++) Can[n] = Start[n];
for (let t = 0; t < ${numbers.length}; t++) {
Near[t] = 0;
if ((e & 1 << t) !== 0) feel(t, ${FELT});
}
for (let t = 0; t < ${numbers.length}; t++) {
for (let u = 0; u < t; u++) {
if ((e & 1 << t) === 0 || (e & 1 << u) === 0) continue;
if ((R[t] & 1 << u) !== 0 && clashes(t, u, 1)) Near[t] = 1;
if ((R[u] & 1 << t) !== 0 && clashes(u, t, 1)) Near[u] = 1;
}
}
return 0;
}`,
    `function around(t, e) {
if (Near[t] === 1) return 0;
for (let n = 0; n < ${roam.size}; n++) Can[n] = Start[n];
feel(t, ${STORED});
feel(t, ${FELT});
for (let more = 1; more === 1;) {
more = 0;
for (let u = 0; u < ${numbers.length}; u++) {
if (u === t) continue;
more |= roam(u);
if ((R[t] & e & 1 << u) !== 0 && clashes(t, u, 1)) return 0;
}
}
let inside = 1 << t;
for (let open = inside; open !== 0;) {
const one = open & -open, m = 31 - Math.clz32(one);
open &= ~one;
feel(m, ${FELT});
for (let more = R[m] & ~inside; more !== 0; more &= more - 1) {
const u = 31 - Math.clz32(more & -more);
if (!clashes(m, u, e & one)) continue;
if ((e & 1 << u) !== 0) return 0;
inside |= 1 << u;
open |= 1 << u;
}
}
return 1;
}`,
  ];
}
