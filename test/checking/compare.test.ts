import { expect, test } from 'vitest';
import { compareProtocols, comparisonCode } from '../../checking/compare/comparison.ts';
import { engines } from '../../cli/parts.ts';
import { comparisonText } from '../../evidence/comparison.ts';
import type { Options } from '../../explorer/options.ts';
import { suites } from '../../model/scenarios/suites/index.ts';
import { protocols } from '../../model/variants/index.ts';
import { properties } from '../../properties/index.ts';

const compared = (first: string, second: string, options: Partial<Options> = {}) => {
  const [a, b] = [first, second].map((name) => protocols.find((p) => p.name === name)!);
  const scenarios = suites.default.filter((s) => s.name === 'two breaks in A beside an idle B');
  return compareProtocols({ scenarios, protocols: [a!, b!], properties, options }, engines.js);
};
const changed = ({ verdicts }: ReturnType<typeof compared>, change: string) =>
  verdicts.filter((v) => v.change === change).map((v) => v.property);
const seqcount = ['seqcount-one-writer', 'seqcount-odd-inside', 'seqcount-even-outside', 'seqcount-settles'];

test('a protocol and itself', () => {
  const same = compared('v5', 'v5');
  expect(changed(same, 'kept')).toEqual(['right-lock-for-slot', ...seqcount]);
  expect([changed(same, 'fixed'), changed(same, 'introduced'), comparisonCode(same)]).toEqual([[], [], 0]);
  expect(same.only).toEqual([
    { steps: [], branches: [] },
    { steps: [], branches: [] },
  ]);
  expect(same.scenarios[0]).toMatchObject({ walk: { parting: null, exhaustive: true }, endings: [[], []] });
});

test('a mistake that breaks what held, and the way back', () => {
  const worse = compared('v5', 'v5-no-recheck');
  const broken = ['refcount-matches', 'no-table-leak', 'put-never-last', 'no-lost-entry'];
  expect([changed(worse, 'introduced'), comparisonCode(worse)]).toEqual([broken, 1]);
  expect(worse.only[0].steps.map(({ step, isThere }) => [step, isThere])).toEqual([
    ['recheck_count', false],
    ['free_new_table', true],
  ]);
  expect(comparisonText(worse)).toMatchInlineSnapshot(`
    "v5 -> v5-no-recheck, 1 scenario

    verdicts                               v5             v5-no-recheck
      two breaks in A beside an idle B
        introduced  refcount-matches       holds          violated  (53 steps)
        introduced  no-table-leak          holds          violated  (64 steps)
        introduced  put-never-last         holds          violated  (50 steps)
        introduced  no-lost-entry          holds          violated  (47 steps)
        kept        right-lock-for-slot    violated       violated  (44 and 43 steps)
        kept        seqcount-one-writer    violated       violated  (18 and 18 steps)
        kept        seqcount-odd-inside    violated       violated  (18 and 18 steps)
        kept        seqcount-even-outside  violated       violated  (51 and 50 steps)
        kept        seqcount-settles       violated       violated  (55 and 54 steps)

    where they part
      in two breaks in A beside an idle B, after 20 steps
        16 steps, then
        A/0 handle_cow_pte_fault() mm/memory.c:5287: read slot -> src_pte
        A/0 handle_cow_pte_fault() mm/memory.c:5288: read slot -> src_ptl
        A/0 handle_cow_pte_fault() mm/memory.c:5289: spin_lock(src_ptl)
        A/0 handle_cow_pte_fault() mm/memory.c:5292: read slot -> cowed_entry
      v5 can: A/0 handle_cow_pte_fault() mm/memory.c:5298: read count of cowed_entry: 1?
      v5-no-recheck has instead: A/0 handle_cow_pte_fault() mm/memory.c:5329: read entry 0 of src_pte:
          none?

    steps that v5 takes and v5-no-recheck does not
      handle_cow_pte_fault() mm/memory.c:5298: read count of cowed_entry: 1?
      handle_cow_pte_fault() mm/memory.c:5370: free the new table (v5-no-recheck has it and never takes
          it)

    ways on from a common step that v5-no-recheck takes and v5 does not
      handle_cow_pte_fault() mm/memory.c:5292: read slot -> cowed_entry -> copy_test

    ends that only v5-no-recheck has
      two breaks in A beside an idle B
        life[T0]: published, life[T1]: published, life[T2]: published, ref[T0]: 1, ref[T1]: 1, ref[T2]:
            1, slot[A:0]: table=T0 w=1, slot[B:0]: table=T1 w=0

    v5 -> v5-no-recheck: 4 introduced, 0 unknown, 5 kept, 0 fixed, 22 hold in both
    "
  `);
  const better = compared('v5-no-recheck', 'v5');
  expect([changed(better, 'fixed'), comparisonCode(better)]).toEqual([broken, 0]);
  expect(better.only).toEqual([worse.only[1], worse.only[0]]);
});

test('a correction that takes away what is counted', () => {
  const fixed = compared('v5', 'fixed');
  expect([changed(fixed, 'fixed'), comparisonCode(fixed)]).toEqual([['right-lock-for-slot', ...seqcount], 0]);
  // Without the seqcount nothing can go wrong with it.
  expect(comparisonText(fixed)).toContain(
    '\nholds, but fixed no longer does what could break it\n  seqcount-one-writer (1 scenario)',
  );
});

test('a search that ended early', () => {
  const cut = compared('v5', 'v5-no-recheck', { maxStates: 60 });
  expect(comparisonCode(cut)).toBe(3);
  expect(cut.scenarios[0]!.endings).toBe(null);
  expect(comparisonText(cut)).toContain('in 1 scenario a search ended early');
});

test('what holds without having been put to the test is told', () => {
  const fixed = compared('fixed', 'fixed');
  const idle = fixed.verdicts.filter((v) => !v.exercised[0]).length;
  expect(idle).toBeGreaterThan(0);
  const all = fixed.verdicts.length;
  expect(comparisonText(fixed)).toContain(
    `every property holds in both (${idle} of ${all} verdicts not exercised)\n`,
  );
});
