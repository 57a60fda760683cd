import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../explorer/compile/compile.ts';
import { runtimeChecks } from '../../explorer/compile/runtime-checks.ts';
import { type Options, withDefaults } from '../../explorer/options.ts';
import { readSystem } from '../../explorer/program/program.ts';
import { BreadthFirst } from '../../explorer/search/breadth-first.ts';
import { judged } from '../../explorer/search/judged.ts';
import { PackedGraph } from '../../explorer/search/packed-graph.ts';
import { WasmGraph } from '../../explorer/search/wasm-graph.ts';
import { Instance, Memory, Module } from '../../explorer/wasm/host.ts';
import { moduleBytes } from '../../explorer/wasm/module.ts';
import { readCode } from '../../explorer/wasm/text.ts';
import type { System } from '../../model/language/system.ts';
import { barriers } from '../classics/barriers.ts';
import { increment } from '../classics/increment.ts';
import { lock } from '../classics/lock.ts';
import { mcsLock } from '../classics/mcs-lock.ts';
import { peterson } from '../classics/peterson.ts';
import { petersonN } from '../classics/peterson-n.ts';
import { ticketLock } from '../classics/ticket-lock.ts';
import { twoPhaseCommit } from '../classics/two-phase-commit.ts';
import { kernelSystem } from '../engines/kernel-system.ts';
import { randomPointers } from './random-pointers.ts';
import { randomProtocol } from './random-protocol.ts';
import { randomSystem } from './random-system.ts';
import { outcomeBy } from './same-outcome.ts';

const classics: readonly System[] = [
  lock(2),
  peterson(),
  barriers(6),
  twoPhaseCommit(5),
  increment(3),
  mcsLock(3),
  petersonN(3),
  ticketLock(4),
];
const kernel: readonly System[] = [
  kernelSystem(['A:write-fault', 'B:exit']),
  kernelSystem(['A:write-fault', 'A:write-fault', 'B:idle']),
  kernelSystem(['A:break-only', 'B:gup-fast']),
];

/** One way to search for each reduction and each bound. */
const ways: readonly Partial<Options>[] = [
  { reduce: 'none' },
  {},
  { withoutReach: 0 },
  { reductions: ['symmetry'] },
  { reductions: ['partial-order', 'fusion'] },
  { reduce: 'none', maxStates: 300 },
  { reduce: 'none', maxDepth: 9 },
  { first: true },
];

const same = (system: System, options: Partial<Options>): void => {
  expect(outcomeBy(system, { ...options, engine: 'wasm' })).toEqual(
    outcomeBy(system, { ...options, engine: 'js' }),
  );
};

describe('WebAssembly finds what JavaScript finds: verdicts, runs, counts, coverage', () => {
  test.each([...classics, ...kernel].map((s) => [s.name, s] as const))('%s', (_, system) => {
    for (const way of ways) same(system, way);
  });
  test('random systems', () => {
    fc.assert(
      fc.property(randomSystem, fc.constantFrom(...ways), (s, way) => same(s, way)),
      { numRuns: 30 },
    );
  });
  test.each([
    ['random protocols', randomProtocol],
    ['random pointers', randomPointers],
  ])('%s', (_, systems) => {
    fc.assert(
      fc.property(systems, fc.constantFrom(...ways), (s, way) => same(s, { maxStates: 5000, ...way })),
      { numRuns: 30 },
    );
  });
});

/** A whole search on a graph. */
function searched<G extends PackedGraph>(graph: G) {
  const search = new BreadthFirst(graph, withDefaults({}));
  const run = search.run();
  for (;;) {
    const turn = run.next();
    if (turn.done) return { graph, outcome: judged(search, turn.value) };
  }
}

const compiled = (system: System) => compile(readSystem(system));

describe('the states themselves', () => {
  test.each([0, 5, 1000])('are the same in the same order when carried over after %s', (large) => {
    for (const system of [twoPhaseCommit(4), mcsLock(3), kernel[0]!]) {
      const js = searched(new PackedGraph(compiled(system))).graph;
      const wasm = searched(new WasmGraph(compiled(system), { large })).graph;
      expect(wasm.count).toBe(js.count);
      expect(wasm.levels).toEqual(js.levels);
      for (let state = 0; state < js.count; state++) {
        expect(wasm.configuration(state)).toEqual(js.configuration(state));
      }
    }
  });

  test('are dealt to several memories where one is too small, and nothing else changes', () => {
    const system = barriers(6);
    const js = searched(new PackedGraph(compiled(system)));
    const wasm = searched(new WasmGraph(compiled(system), { large: 0, room: 600_000 }));
    expect(wasm.graph.shards).toBeGreaterThan(1);
    expect(wasm.outcome).toEqual(js.outcome);
    const texts = (graph: PackedGraph): Set<string> =>
      new Set(Array.from({ length: graph.count }, (_, s) => JSON.stringify(graph.configuration(s))));
    expect(texts(wasm.graph)).toEqual(texts(js.graph));
    for (let state = 0; state < wasm.graph.count; state++) {
      const successors = wasm.graph.expandOne(state);
      for (let j = 0; j < successors; j++) expect(wasm.graph.successor(j)).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('the translator takes what the generated code needs, and refuses the rest with its text', () => {
  const module = (text: string) =>
    new Module(moduleBytes(readCode(text), new Map([['A', { address: 64, size: 4 }]]), ['f']));
  /** What f gives in WebAssembly, for an array with these words. */
  const run = (text: string, words: readonly number[], ...args: readonly number[]): number => {
    const memory = new Memory({ initial: 1, maximum: 1, shared: true });
    new Int32Array(memory.buffer, 64).set(words);
    const { exports } = new Instance(module(text), { host: { memory, ...runtimeChecks([]) } });
    return (exports as { f: (...n: readonly number[]) => number }).f(...args);
  };
  const inJavaScript = (text: string, words: readonly number[], ...args: readonly number[]): number => {
    // oxlint-disable-next-line typescript/no-implied-eval
    const f = new Function('A', `${text}\nreturn f;`)(Int32Array.from(words)) as (
      ...n: readonly number[]
    ) => number;
    return Number(f(...args));
  };

  const expressions = [
    'a % (b | 1)',
    '(a / 3 | 0)',
    'Math.imul(a, b) ^ ~b',
    '(a >>> (b & 31)) & 1023',
    'a << 15 | a >>> 17',
    'a < b && (b < 100 || !(a === 3)) ? 1 : 2',
    '(a !== b || a > 5) === true ? -a : Math.clz32(b)',
    'A[(a & 3) + 2] + A[1]',
  ];
  test.each(expressions)('%s', (expression) => {
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -1000, max: 1000 }), (a, b) => {
        const text = `function f(a, b) { return ${expression}; }`;
        expect(run(text, [1, -2, 3, -4, 5, 6], a, b) | 0).toBe(
          inJavaScript(text, [1, -2, 3, -4, 5, 6], a, b) | 0,
        );
      }),
    );
  });

  test('loops, jumps and cases that fall into the next', () => {
    const text = `function g(n) { switch (n) { case 0: return 7; case 2: n = n + 40; case 3: n++; break; default: n = -1; } return n; }
function f(a, b) {
let sum = 0;
for (let i = 0; i < a; i++) { if (i === b) continue; if (i > 9) break; sum += g(i); while (sum > 60) sum -= 50; }
return sum;
}`;
    for (let a = 0; a < 14; a++) expect(run(text, [], a, 4)).toBe(inJavaScript(text, [], a, 4));
  });

  test.each([
    ['import x from "y";', /sourceType|import/],
    ['let a = 1;', /not an array or a table: let a = 1;/],
    ['function f(a) { return a.b; }', /not an element of an array: a\.b/],
    ['function f(a) { return a == 1; }', /the operator ==/],
    ['function f(a) { return a || 1; }', /a number taken for a truth: a \|\| 1/],
    ['function f(a) { return a >>> 0 < 1; }', /may be above 2\^31: a >>> 0/],
    ['function f(a) { return 0.5; }', /not a 32-bit number/],
    ['function f(a) { return g(a); }', /a call of an unknown function: g\(a\)/],
    ['function f(a) { return Math.sin(a); }', /not known of Math/],
    ['function f(a) { throw a; }', /a ThrowStatement/],
    ['function f(a) { return "x"; }', /not a number/],
  ])('refused: %s', (text, said) => {
    expect(() => module(text)).toThrow(said);
  });
});
