import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compile } from '../../explorer/compile/compile.ts';
import { type Options, withDefaults } from '../../explorer/options.ts';
import { readSystem } from '../../explorer/program/program.ts';
import { BreadthFirst } from '../../explorer/search/breadth-first.ts';
import { judged } from '../../explorer/search/judged.ts';
import { PackedGraph } from '../../explorer/search/packed-graph.ts';
import { WasmGraph } from '../../explorer/search/wasm-graph.ts';
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
  test('random protocols', () => {
    fc.assert(
      fc.property(randomProtocol, fc.constantFrom(...ways), (s, way) => same(s, { maxStates: 5000, ...way })),
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
