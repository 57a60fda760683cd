import { compile } from '../../explorer/compile/compile.ts';
import { pack, unpack } from '../../explorer/compile/layout.ts';
import { readSystem } from '../../explorer/program/program.ts';
import { deadLocals } from '../../explorer/reduce/dead-locals.ts';
import { Violations } from '../../explorer/search/violations.ts';
import { XStateGraph } from '../../explorer/xstate/graph.ts';
import type { System } from '../../model/language/system.ts';

/** One successor as text: thread, event, violated checks, the state. */
type Edge = string;

/** All edges by both back ends, state by state and in order, up to a number of states found by XState. */
export function edgesOf(
  system: System,
  reduce: boolean,
  most: number,
): { readonly states: number; readonly compiled: Edge[][]; readonly xstate: Edge[][] } {
  const program = readSystem(system);
  const code = compile(program, { deadLocals: reduce });
  const buffers = {
    states: new Int32Array(code.words * Math.max(1, code.widest)),
    masks: new Int32Array(code.maskWords * Math.max(1, code.widest)),
    moves: new Int32Array(Math.max(1, code.widest)),
    renamings: new Int32Array(Math.max(1, code.widest)),
    coverage: new Uint8Array(program.branches),
  };
  const bound = code.bind(buffers);
  const graph = new XStateGraph(program, reduce ? program.threads.map(deadLocals) : []);
  const compiled: Edge[][] = [];
  const xstate: Edge[][] = [];
  const packed = new Int32Array(code.words);
  const ignore = new Violations(program.checks.length);
  const checks = program.checks.map((c) => c.number);
  for (let state = 0; state < graph.count && state < most; state++) {
    const n = graph.expandOne(state);
    xstate.push(
      Array.from({ length: n }, (_, j) =>
        JSON.stringify([
          graph.threadOf(j),
          graph.eventOf(j),
          checks.filter((c) => graph.violates(j, c)),
          graph.target(j),
        ]),
      ),
    );
    pack(program, code.layout, graph.configuration(state), packed, 0);
    const m = bound.expand(packed, 0, 0);
    compiled.push(
      Array.from({ length: m }, (_, j) => {
        const mask = (c: number): number =>
          buffers.masks[j * code.maskWords + Math.floor(c / 31)]! >>> (c % 31);
        return JSON.stringify([
          buffers.moves[j]! >>> 16,
          buffers.moves[j]! & 0xffff,
          checks.filter((c) => (mask(c) & 1) === 1),
          unpack(program, code.layout, buffers.states, j * code.words),
        ]);
      }),
    );
    graph.visit(state, state + 1, 0, ignore, () => {});
  }
  return { states: graph.count, compiled, xstate };
}
