import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Compiled, compile } from '../../explorer/compile/compile.ts';
import { withDefaults } from '../../explorer/options.ts';
import { readSystem } from '../../explorer/program/program.ts';
import { BreadthFirst } from '../../explorer/search/breadth-first.ts';
import { WasmGraph } from '../../explorer/search/wasm-graph.ts';
import type { System } from '../../model/language/system.ts';
import { kernelSystem } from '../engines/kernel-system.ts';
import { randomPointers } from './random-pointers.ts';

/** The first state of each level; null where the model is wrong. */
function levelsOf(compiled: Compiled): readonly number[] | null {
  const graph = new WasmGraph(compiled, { large: 0 });
  const run = new BreadthFirst(graph, withDefaults({ maxStates: 3000 })).run();
  try {
    while (!run.next().done);
    return graph.levels;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The same code, which forgets at once what others can still do, or who may go alone. */
function forgetful(compiled: Compiled, remembered: string, none: string): Compiled {
  expect(compiled.text).toContain(remembered);
  return { ...compiled, text: compiled.text.replace(remembered, none) };
}

/** What is worked out is remembered under all that it depends on: with a part of it missing, other states would get it too. */
function expectNoDifference(system: System, fusion: boolean): number {
  const compiled = compile(readSystem(system), { partialOrder: true, reach: true, fusion });
  const levels = levelsOf(compiled);
  const roaming = forgetful(compiled, 'known = Memory[at] === tag ? 1 : 0', 'known = 0');
  expect(levelsOf(roaming)).toEqual(levels);
  const chosen = forgetful(compiled, 'if ((Chosen[at] === hint + 2', 'if (false && (Chosen[at] === hint + 2');
  expect(levelsOf(chosen)).toEqual(levels);
  return levels?.at(-1) ?? 0;
}

test('what is remembered changes nothing: random systems', () => {
  let states = 0;
  fc.assert(
    fc.property(randomPointers, fc.boolean(), (system, fusion) => {
      states += expectNoDifference(system, fusion);
    }),
    { numRuns: 60, seed: 21 },
  );
  expect(states).toBeGreaterThan(3000);
});

test.each([
  ['A:break-only', 'A:break-only', 'B:break-only'],
  ['A:write-fault', 'B:exit'],
  ['A:write-fault', 'A:write-fault', 'B:idle'],
])('what is remembered changes nothing: %s, %s, %s', (...threads) => {
  expect(expectNoDifference(kernelSystem(threads), true)).toBeGreaterThan(20);
});
