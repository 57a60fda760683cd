import fc from 'fast-check';
import { expect, test } from 'vitest';
import { causalPast } from '../../evidence/causal-past.ts';
import { shivizExpression, shivizText } from '../../evidence/shiviz.ts';
import { type Clock, vectorClocks } from '../../evidence/vector-clocks.ts';
import { madeTrace, race } from './made-trace.ts';

const notAfter = (a: Clock, b: Clock): boolean => [...a].every(([thread, n]) => n <= (b.get(thread) ?? 0));

test('clocks order exactly the causal past', () => {
  const locations = fc.subarray(['x', 'y', 'lock', 'z']);
  const step = fc.record({
    thread: fc.constantFrom('A/0', 'A/1', 'B/0'),
    reads: locations,
    writes: locations,
    acquires: fc.subarray(['lock']),
    releases: fc.subarray(['lock']),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const trace = madeTrace(steps.map((s) => ({ ...s, step: 's', line: 1, says: '' })));
      const clocks = vectorClocks(trace);
      for (const later of trace.steps) {
        const before = trace.steps
          .filter((s) => notAfter(clocks[s.n - 1]!, clocks[later.n - 1]!))
          .map((s) => s.n);
        expect(new Set(before)).toEqual(causalPast(trace, later.n));
      }
    }),
  );
});

test('a hand-over of a lock orders, two reads do not', () => {
  const at = (thread: string, rest: object) => ({ thread, step: 's', line: 1, says: '', ...rest });
  const clocks = vectorClocks(
    madeTrace([
      at('A', { reads: ['x'] }),
      at('A', { writes: ['lock'], releases: ['lock'] }),
      at('B', { reads: ['x'] }),
      at('B', { reads: ['lock'], writes: ['lock'], acquires: ['lock'] }),
    ]),
  );
  expect(clocks.map((clock) => Object.fromEntries(clock))).toEqual([
    { A: 1 },
    { A: 2 },
    { B: 1 },
    { A: 2, B: 2 },
  ]);
});

test('the log for ShiViz', () => {
  expect(shivizText(race)).toBe(`(?<event>.*)\\n(?<host>\\S*) (?<clock>{.*})

1 mm/memory.c:3620 __handle_mm_fault(): read the slot
A/0 {"A/0":1}
2 mm/memory.c:5254 handle_cow_pte_fault(): read the slot for its table
A/0 {"A/0":2}
3 mm/memory.c:5240 handle_cow_pte_fault(): nothing that matters
B/0 {"B/0":1}
4 mm/memory.c:3620 __handle_mm_fault(): read the slot
A/1 {"A/1":1}
5 mm/memory.c:5260 handle_cow_pte_fault(): take the lock of the table that the slot pointed to before [ptl[T0] none -> A/1]
A/1 {"A/1":2}
6 mm/memory.c:5344 handle_cow_pte_fault(): install the new table [slot[A:0] T0 W=0 -> T1 W=1]
A/1 {"A/0":2, "A/1":3}
7 mm/memory.c:3630 __handle_mm_fault(): back in the caller
A/1 {"A/0":2, "A/1":4}
8 mm/memory.c:5290 handle_cow_pte_fault(): store the slot with W set [slot[A:0] T1 W=1 -> T1 W=1]
A/0 {"A/0":3, "A/1":4}
`);
});

test('the expression finds every step again, whatever it says', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 8 }), (texts) => {
      const trace = madeTrace(texts.map((says) => ({ thread: 'A/0', step: 's', line: 1, says })));
      const [expression, empty, ...log] = shivizText(trace).split('\n');
      expect([expression, empty]).toEqual([shivizExpression, '']);
      const found = [
        ...log.join('\n').matchAll(new RegExp(shivizExpression.replace('{.*}', '\\{.*\\}'), 'g')),
      ];
      expect(found.map((m) => [m.groups!['host'], JSON.parse(m.groups!['clock']!)])).toEqual(
        texts.map((_, i) => ['A/0', { 'A/0': i + 1 }]),
      );
    }),
  );
});
