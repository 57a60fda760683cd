import { elements } from '../../../model/language/variable.ts';
import type { Program, ProgramThread } from '../../program/program.ts';
import type { Footprints } from '../../reduce/footprint.ts';
import { steeringVariables } from '../../reduce/steering.ts';
import { FELT, FeltCode, TAKEN } from './felt-code.ts';
import { JudgeCode } from './judge-depends-code.ts';
import { type RoamLayout, readsOf } from './roam-layout.ts';
import { bitOf, LARGEST_ELEMENT, VALUE_BITS_CODE } from './value-bits.ts';

/** Results that are remembered, as a power of two. */
const MEMORY_BITS = 14;

/** Text of the functions by which steps tell what they feel and store. */
const supportCode = ({ width }: RoamLayout): readonly string[] => [
  // The elements of a row that some bits mean, one after the other; -1 after the last.
  `function element(bits, size, after) {
const left = bits & ${-bitOf(0)} & -2 << after + 8;
if (after < ${LARGEST_ELEMENT} && (left & 2147483647) !== 0) { const n = low(left); return n < size ? n : -1; }
const next = after < ${LARGEST_ELEMENT} ? ${LARGEST_ELEMENT + 1} : after + 1;
return bits < 0 && next < size ? next : -1;
}`,
  `function among(first, step, size, bits) {
let all = 0;
for (let n = element(bits, size, -1); n >= 0; n = element(bits, size, n)) all |= Can[first + Math.imul(n, step)];
return all;
}`,
  `function touchRow(into, first, step, size, bits) {
for (let n = element(bits, size, -1); n >= 0; n = element(bits, size, n)) {
const location = first + Math.imul(n, step);
Sets[into + (location >>> 5)] |= 1 << (location & 31);
}
return 0;
}`,
  // The log keeps what a step overwrites: its length, then pairs of where and what.
  `function put(at, bits, sure) {
let n = 0;
while (n < Log[0] && Log[1 + 2 * n] !== at) n++;
if (n === Log[0]) { Log[1 + 2 * n] = at; Log[2 + 2 * n] = Can[at]; Log[0] = n + 1; }
Can[at] = sure === 1 ? bits : Can[at] | bits;
return 0;
}`,
  `function putRow(first, step, size, which, bits, sure) {
for (let n = element(which, size, -1); n >= 0; n = element(which, size, n)) put(first + Math.imul(n, step), bits, sure);
return 0;
}`,
  `function settle(how) {
for (let n = 0; n < Log[0]; n++) {
const at = Log[1 + 2 * n], before = Log[2 + 2 * n];
if (how === ${FELT}) { Can[at] = before; continue; }
Can[at] |= before;
if (Can[at] !== before) grown(at);
}
Log[0] = 0;
return 0;
}`,
  'function grown(at) { Again[0] = 1; When[at] = Clock[0]; return 0; }',
  'function widen(at, bits) { if ((Can[at] | bits) !== Can[at]) { Can[at] |= bits; grown(at); } return 0; }',
  'function arrive(at, back) { if (Seen[at] < 0) { Seen[at] = 0; Again[0] |= back; } return 0; }',
  // A place is looked at when a thread arrives there, and again when something that it asks for has grown since.
  `function due(at) {
if (Seen[at] <= 0) return Seen[at] === 0;
for (let n = AsksFrom[at]; n < AsksFrom[at + 1]; n++) if (When[Asks[n]] > Seen[at]) return true;
return false;
}`,
  'function clear(from, count) { for (let w = 0; w < count; w++) Sets[from + w] = 0; return 0; }',
  `function wrote(into) { for (let w = 0; w < ${width}; w++) Sets[into + w] |= Sets[w]; return 0; }`,
];

/** The places that a thread may still come to from one, that one included. */
function placesAhead({ places }: ProgramThread, from: number): ReadonlySet<number> {
  const ahead = new Set([from]);
  for (const at of ahead) {
    for (const { target } of places[at]!.events.flatMap((e) => e.branches)) ahead.add(target);
  }
  return ahead;
}

/** What `Can` tells of: elements of steering variables, and who has ended. */
function followedLocations(
  { system, threads }: Program,
  { locations }: Footprints,
  steering: ReadonlySet<string>,
): number[] {
  const variables = system.shared.filter((v) => steering.has(v.name));
  return [
    ...variables.flatMap((v) => Array.from({ length: elements(v) }, (_, n) => locations.element(v.name, n))),
    ...threads.map((t) => locations.end(t.number)),
  ];
}

/**
 * The text of `roam(u)`: adds to `Can` what shared variables can hold once thread u has taken any steps it likes from where it
 * stands, and puts into `Sets` what it can read and write on the way. The result depends on little, and most of it comes back
 * in thousands of states: it is remembered, in a table without collisions lists, so that what is found is never wrong and may only
 * be forgotten.
 */
export function roamCode(program: Program, footprints: Footprints, layout: RoamLayout): string[] {
  const { width } = layout;
  const { threads } = program;
  const steering = steeringVariables(program);
  const judge = new JudgeCode({ program, footprints, steering });
  const texts: string[] = [];
  const asks: (readonly number[])[] = [];
  const followed = new Set(followedLocations(program, footprints, steering));
  const keys: (readonly number[])[] = [];
  const locals: (readonly number[])[] = [];
  for (const thread of threads) {
    const felt = layout.order[thread.number]!.map((at, rank) => {
      const place = thread.places[at]!;
      const code = new FeltCode({ program, footprints, layout, steering }, thread, place, judge);
      const name = `f${thread.number}p${rank}`;
      const text = code.text(name);
      if (text !== null) texts.push(text);
      asks.push([...code.asked]);
      const { writes } = footprints.of(thread, place);
      const kept = writes.members().filter((n) => followed.has(n));
      return { name: text === null ? 'unfelt' : name, needs: [...code.asked, ...kept] };
    });
    texts.push(`const Felt${thread.number} = [${felt.map((f) => f.name).join(', ')}];`);
    for (const at of layout.order[thread.number]!) {
      const ahead = [...placesAhead(thread, at)].map((n) => layout.order[thread.number]!.indexOf(n));
      const needs = [...new Set(ahead.flatMap((rank) => felt[rank]!.needs))].sort((x, y) => x - y);
      keys.push(needs.filter((n) => n < footprints.locations.size));
      locals.push(needs.filter((n) => n >= footprints.locations.size));
    }
  }
  const from = (lists: readonly (readonly number[])[]): string => {
    let n = 0;
    return [0, ...lists.map((list) => (n += list.length))].join(', ');
  };
  const own = threads.map(({ number: t }) => [...layout.locals[t]!.values()]);
  const longest = Math.max(...keys.map((list, n) => 2 * list.length + locals[n]!.length));
  const entry = 1 + longest + 2 * width;
  const cells = program.system.shared.reduce((n, v) => n + elements(v), 0) + threads.length;
  const numbers = threads.map((t) => t.number);
  return [
    ...VALUE_BITS_CODE,
    `const Can = new Int32Array(${layout.size}), Start = new Int32Array(${layout.size});`,
    `const Sets = new Int32Array(${width * (1 + 3 * threads.length)});`,
    `const Seen = new Int32Array(${layout.allPlaces}), When = new Int32Array(${layout.size});`,
    'const Again = new Int32Array(1), Clock = new Int32Array(1);',
    `const Log = new Int32Array(${1 + 2 * cells}), Stand = new Int32Array(${threads.length});`,
    `const Asks = Int32Array.of(${asks.flat().join(', ')});`,
    `const AsksFrom = Int32Array.of(${from(asks)});`,
    `const Keys = Int32Array.of(${keys.flat().join(', ')});`,
    `const KeysFrom = Int32Array.of(${from(keys)});`,
    `const Locals = Int32Array.of(${locals.flat().join(', ')});`,
    `const LocalsFrom = Int32Array.of(${from(locals)});`,
    `const OwnFrom = Int32Array.of(${own.map((list) => list[0] ?? 0).join(', ')});`,
    `const OwnEnd = Int32Array.of(${own.map((list) => (list.at(-1) ?? -1) + 1).join(', ')});`,
    `const First = Int32Array.of(${layout.places.join(', ')});`,
    `const Base = Int32Array.of(${numbers.map((t) => readsOf(layout, t)).join(', ')});`,
    `const Memory = new Int32Array(${entry * 2 ** MEMORY_BITS});`,
    'function unfelt(x, g, how) { return 0; }',
    ...supportCode(layout),
    ...judge.functions,
    ...texts,
    `function restart(u) { for (let n = OwnFrom[u]; n < OwnEnd[u]; n++) Can[n] = Start[n]; return 0; }`,
    // From where a thread stands to all places that it can come to, until nothing grows.
    ...numbers.map(
      (u) => `function walk${u}() {
const here = ${layout.places[u]} + Stand[${u}];
for (let n = KeysFrom[here]; n < KeysFrom[here + 1]; n++) When[Keys[n]] = 0;
for (let n = OwnFrom[${u}]; n < OwnEnd[${u}]; n++) When[n] = 0;
for (let q = 0; q < ${threads[u]!.places.length}; q++) Seen[${layout.places[u]} + q] = -1;
Seen[here] = 0;
Clock[0] = 1;
for (let more = 1; more === 1; more = Again[0]) {
Again[0] = 0;
for (let q = 0; q < ${threads[u]!.places.length}; q++) {
if (!due(${layout.places[u]} + q)) continue;
Seen[${layout.places[u]} + q] = Clock[0];
Clock[0] += 1;
Felt${u}[q](${readsOf(layout, u)}, ${readsOf(layout, u)}, ${TAKEN});
}
}
return 0;
}`,
    ),
    `function roam(u) {
const here = First[u] + Stand[u], tag = here + 1, to = Base[u];
const from = KeysFrom[here], end = KeysFrom[here + 1], first = LocalsFrom[here], last = LocalsFrom[here + 1];
let h = tag;
for (let n = from; n < end; n++) h = Math.imul(h ^ Can[Keys[n]], -1640531535) ^ h >>> 15;
for (let n = first; n < last; n++) h = Math.imul(h ^ Start[Locals[n]], -1640531535) ^ h >>> 15;
const at = Math.imul(h >>> ${32 - MEMORY_BITS}, ${entry});
clear(to, ${3 * width});
let i = at + 1, known = Memory[at] === tag ? 1 : 0;
for (let n = from; n < end && known === 1; n++) { if (Memory[i] !== Can[Keys[n]]) known = 0; i++; }
for (let n = first; n < last && known === 1; n++) { if (Memory[i] !== Start[Locals[n]]) known = 0; i++; }
let grew = 0;
if (known === 1) {
for (let n = from; n < end; n++) {
if (Can[Keys[n]] !== Memory[i]) { Can[Keys[n]] = Memory[i]; grew = 1; }
i++;
}
for (let w = 0; w < ${2 * width}; w++) { Sets[to + w] = Memory[i]; i++; }
return grew;
}
i = at + 1;
Memory[at] = tag;
for (let n = from; n < end; n++) { Memory[i] = Can[Keys[n]]; i++; }
for (let n = first; n < last; n++) { Memory[i] = Start[Locals[n]]; i++; }
restart(u);
${numbers.map((u) => `if (u === ${u}) walk${u}();`).join('\n')}
let before = at + 1;
for (let n = from; n < end; n++) {
if (Memory[before] !== Can[Keys[n]]) grew = 1;
Memory[i] = Can[Keys[n]];
before++;
i++;
}
for (let w = 0; w < ${2 * width}; w++) { Memory[i] = Sets[to + w]; i++; }
return grew;
}`,
  ];
}
