import type { Violation } from './finding.ts';
import { violationsOf } from './finding.ts';
import { findings } from './index.ts';

/** Everything that a protocol violates in one scenario of the default suite. */
export interface ViolatedIn {
  readonly protocol: string;
  readonly scenario: string;
  readonly violated: readonly string[];
}

const one = 'one write-fault in each of A and B';
const two = 'two write-faults in A beside an idle B';
const twoBreaks = 'two breaks in A beside an idle B';
const seqcount = ['seqcount-one-writer', 'seqcount-odd-inside', 'seqcount-even-outside', 'seqcount-settles'];
const emptied = ['no-empty-slot-deref', 'no-lost-entry'];

/** For each protocol but v5, which has a list of its own, and `fixed`: a scenario in which it fails, and all that it violates there. */
export const otherViolations: readonly ViolatedIn[] = [
  {
    protocol: 'v4',
    scenario: two,
    violated: [
      'refcount-matches',
      'no-table-leak',
      'lifecycle',
      'right-lock-for-slot',
      'right-lock-for-entry',
      'no-foreign-write',
      'no-use-after-free',
      ...emptied,
      ...seqcount,
      'accounting',
    ],
  },
  {
    protocol: 'v4',
    scenario: `${two}, one allocation may fail`,
    violated: [
      'refcount-matches',
      'no-table-leak',
      'lifecycle',
      'right-lock-for-slot',
      'right-lock-for-entry',
      'no-foreign-write',
      'shared-never-modified',
      'no-use-after-free',
      ...emptied,
      'break-leaves-private',
      'no-deadlock',
      'every-break-ends',
      ...seqcount,
      'accounting',
    ],
  },
  {
    protocol: 'v5-no-recheck',
    scenario: one,
    violated: ['refcount-matches', 'no-table-leak', 'put-never-last'],
  },
  {
    protocol: 'v5-clear-first',
    scenario: two,
    violated: [
      'refcount-matches',
      'no-table-leak',
      'pmd-same',
      'right-lock-for-slot',
      'right-lock-for-entry',
      'no-foreign-write',
      ...emptied,
      ...seqcount,
      'accounting',
    ],
  },
  { protocol: 'v5-install-before-copy', scenario: one, violated: ['right-lock-for-entry'] },
  {
    protocol: 'v5-put-after-unlock',
    scenario: one,
    violated: ['refcount-matches', 'no-table-leak', 'put-never-last', 'lifecycle'],
  },
  {
    protocol: 'v5-put-before-lock',
    scenario: one,
    violated: ['refcount-matches', 'no-table-leak', 'put-never-last', 'no-lost-entry', 'accounting'],
  },
  {
    protocol: 'v5-seq-serialised',
    scenario: 'MADV_DONTNEED in A beside a write-fault in A',
    violated: [
      'no-foreign-write',
      'shared-never-modified',
      'no-use-after-free',
      'no-empty-slot-deref',
      'accounting',
    ],
  },
  { protocol: 'v5-no-seqcount', scenario: twoBreaks, violated: ['right-lock-for-slot'] },
  { protocol: 'v5-flush-in-lock', scenario: twoBreaks, violated: ['right-lock-for-slot', ...seqcount] },
  { protocol: 'v5-global-ptl', scenario: twoBreaks, violated: seqcount },
  { protocol: 'v5-warn-evaluated', scenario: twoBreaks, violated: ['right-lock-for-slot', ...seqcount] },
  { protocol: 'v5-revalidate-lock', scenario: twoBreaks, violated: seqcount },
  { protocol: 'mutant-leak-new-table', scenario: one, violated: ['new-table-installed-or-freed'] },
  { protocol: 'mutant-allocate-under-lock', scenario: one, violated: ['no-sleep-under-spinlock'] },
];

const ofV5: readonly (Violation & { readonly protocol: string })[] = findings
  .flatMap((f) => [f.shown, ...violationsOf(f)])
  .map((v) => ({ protocol: 'v5', ...v }));

/** The protocols and scenarios that are known to break a property, those of v5 first, each protocol once. */
export function breakersOf(property: string): readonly { protocol: string; scenario: string }[] {
  const others = otherViolations.filter((row) => row.violated.includes(property));
  const all = [...ofV5.filter((v) => v.property === property), ...others];
  return all.filter(({ protocol }, i) => all.findIndex((row) => row.protocol === protocol) === i);
}

/** What a protocol is known to violate, by scenario; a scenario that shows nothing more is left out for v5. */
export function violatedBy(protocol: string): readonly ViolatedIn[] {
  if (protocol !== 'v5') return otherViolations.filter((row) => row.protocol === protocol);
  const rows = new Map<string, string[]>();
  for (const { scenario, property } of findings.map((f) => f.shown)) {
    rows.set(scenario, [...(rows.get(scenario) ?? []), property]);
  }
  return [...rows].map(([scenario, violated]) => ({ protocol, scenario, violated }));
}
