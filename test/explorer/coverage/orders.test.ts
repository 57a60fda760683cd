import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Orders, ordersOf } from '../../../explorer/coverage/orders.ts';
import { stateGraph } from '../../../explorer/graph/states.ts';
import { explored } from '../../../explorer/graph/stored.ts';
import { heldLocks, holds } from '../../../explorer/program/held-locks.ts';
import type { System } from '../../../model/language/system.ts';
import { mcsLock } from '../../classics/mcs-lock.ts';
import { ticketLock } from '../../classics/ticket-lock.ts';
import { type Case, systemOf } from '../../threads/explored.ts';
import { randomSystem } from '../random-system.ts';

/** The pairs by their meaning: an edge, and an edge of another thread that leaves where it leads. */
function pairsOf(system: System): Set<string> {
  const edges = [...stateGraph(system).edges()];
  const from = new Map<number, typeof edges>();
  for (const e of edges) from.set(e.from, [...(from.get(e.from) ?? []), e]);
  const pairs = new Set<string>();
  for (const a of edges) {
    for (const b of from.get(a.to) ?? []) {
      if (a.thread !== b.thread) pairs.add(`${a.thread} ${a.step}, ${b.thread} ${b.step}`);
    }
  }
  return pairs;
}

const told = ({ steps }: Orders): Set<string> =>
  new Set(
    steps.flatMap((a) =>
      a.followedBy.map((n) => `${a.thread} ${a.step}, ${steps[n]!.thread} ${steps[n]!.step}`),
    ),
  );

describe('which steps followed each other', () => {
  test.each<[string, System]>([
    ['MCS lock', mcsLock(2)],
    ['ticket lock', ticketLock(2)],
    ['two breaks', systemOf({ threads: ['A:break-only', 'A:break-only', 'B'] })],
  ])('%s', (_, system) => {
    const orders = ordersOf(system);
    expect(told(orders)).toEqual(pairsOf(system));
    expect([orders.of, orders.reason, orders.adjacent]).toEqual(['all orders', null, pairsOf(system).size]);
  });

  test('of any system', () => {
    fc.assert(
      fc.property(randomSystem, (system) => {
        fc.pre(stateGraph(system, { maxStates: 150 }).reason === null);
        expect(told(ordersOf(system))).toEqual(pairsOf(system));
      }),
      { numRuns: 40 },
    );
  });
});

describe('an account that does not fit', () => {
  const system = systemOf({ threads: ['A:write-fault', 'B:write-fault'] });
  const all = ordersOf(system);
  const known = told(all);

  test('is of the reduced search', () => {
    const reduced = ordersOf(system, { maxStates: 3000 });
    expect([all.of, all.states, reduced.of, reduced.reason]).toEqual(['all orders', 4332, 'reduced', null]);
    expect(reduced.states).toBeLessThan(3000);
    // It leaves orders out and makes none up; the steps that were taken are the same.
    expect([...told(reduced)].filter((pair) => !known.has(pair))).toEqual([]);
    expect(reduced.adjacent).toBeLessThan(all.adjacent);
    expect(reduced.steps.map((s) => s.step)).toEqual(all.steps.map((s) => s.step));
  });

  test('or of the first states', () => {
    const part = ordersOf(system, { maxStates: 100 });
    expect([part.of, part.reason]).toEqual(['part', 'max-states']);
    expect([...told(part)].filter((pair) => !known.has(pair))).toEqual([]);
  });
});

const cases: readonly Case[] = [
  { threads: ['A:write-fault', 'A:rmap-break', 'B'] },
  { threads: ['A:madvise-dontneed', 'A:fork', '+C'], initial: 'private' },
  { threads: ['A:munmap', 'A:truncate', 'B'] },
];

test.each(cases)('the holders of a counting lock are as many as it counts: $threads', (given) => {
  const { program, graph, count } = explored(systemOf(given));
  const may = program.threads.map((thread) => heldLocks(program, thread));
  const locks = program.system.shared.filter((v) => v.lock === 'rwsem' && v.name !== 'mm_users');
  expect(locks.length).toBeGreaterThan(0);
  const wrong: string[] = [];
  for (let state = 0; state < count; state++) {
    const now = graph.configuration(state);
    for (const variable of locks) {
      now.shared[variable.name]!.forEach((value, element) => {
        const holders = now.threads.filter(({ place }, t) => holds(may[t]![place]!, variable, element));
        if (holders.length !== Math.abs(value)) wrong.push(`${variable.name} ${value}: ${holders.length}`);
      });
    }
  }
  expect(wrong).toEqual([]);
});

test('locks held together', () => {
  const { held, together } = ordersOf(systemOf({ threads: ['A:madvise-dontneed', 'A:break-only', 'B'] }));
  const lines = together.map(
    (t) => `${t.first} + ${t.second} by ${t.by}${t.same ? ', the same' : ''}: ${t.states}`,
  );
  expect([...held.map((h) => `${h.lock}: ${h.states}`), ...lines]).toMatchInlineSnapshot(`
    [
      "mmap_lock read: 1086",
      "ptl: 564",
      "mmap_lock read + mmap_lock read by two threads, the same: 923",
      "mmap_lock read + ptl by one thread: 564",
      "mmap_lock read + ptl by two threads: 503",
      "ptl + ptl by two threads: 16",
    ]
  `);
});
