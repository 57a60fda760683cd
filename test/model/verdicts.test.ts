import { describe, expect, it } from 'vitest';
import { assemble } from '../../checking/assemble.ts';
import { explore } from '../../explorer/search/explore.ts';
import { jsonValue } from '../../model/scenarios/json-text.ts';
import { resolveScenario } from '../../model/scenarios/read.ts';
import { protocols } from '../../model/variants/index.ts';
import { properties } from '../../properties/index.ts';

/** A row: protocol, `A:write-fault` for each thread or `B:idle`, configuration, and exactly what is violated. */
interface Row {
  readonly protocol: string;
  readonly threads: readonly string[];
  readonly config?: Readonly<Record<string, unknown>>;
  readonly violated: readonly string[];
}

const seqcount = ['seqcount-one-writer', 'seqcount-odd-inside', 'seqcount-even-outside', 'seqcount-settles'];
const [a, b, c] = ['A:write-fault', 'B:write-fault', 'C:write-fault'];
const lost = ['refcount-matches', 'no-table-leak', 'put-never-last'];

/** What SPIN said of an independent model of the same protocols, and what this one adds. */
const rows: readonly Row[] = [
  { protocol: 'v5', threads: [a, b], violated: [] },
  { protocol: 'v5', threads: [a, b, 'C:idle'], violated: [] },
  { protocol: 'v5', threads: [a, b, c], violated: [] },
  { protocol: 'v5', threads: [a, b], config: { allocFailures: 1 }, violated: [] },
  { protocol: 'v5', threads: [a, b, 'C:idle'], config: { allocFailures: 2 }, violated: [] },
  { protocol: 'v5', threads: [a, b, c], config: { allocFailures: 1 }, violated: [] },
  { protocol: 'v5', threads: [a, a, 'B:idle'], violated: ['right-lock-for-slot', ...seqcount] },
  { protocol: 'v5', threads: [a, a, b], violated: ['right-lock-for-slot', ...seqcount] },
  { protocol: 'v5', threads: [a, 'B:exit'], violated: [] },
  {
    protocol: 'v5',
    threads: [a, a, 'B:exit'],
    violated: ['right-lock-for-slot', 'no-use-after-free', ...seqcount],
  },
  // The put stands inside a VM_WARN_ON that is not evaluated: every break leaves one count too many behind.
  {
    protocol: 'v5',
    threads: [a, b],
    config: { debugVm: false },
    violated: ['refcount-matches', 'no-table-leak'],
  },
  // Two sharers hold two different locks: both find the count above 1.
  { protocol: 'v5', threads: [a, b], config: { splitPtlocks: false }, violated: lost },
  { protocol: 'v5-no-recheck', threads: [a, b], violated: lost },
  {
    protocol: 'v5-clear-first',
    threads: [a, a, 'B:idle'],
    violated: [
      'refcount-matches',
      'no-table-leak',
      'pmd-same',
      'no-empty-slot-deref',
      // The other fault fills the emptied slot, its table is overwritten, and what it wrote there is gone.
      'right-lock-for-slot',
      'right-lock-for-entry',
      'no-foreign-write',
      'no-lost-entry',
      ...seqcount,
      // nr_ptes was raised for a table that is no longer there.
      'accounting',
    ],
  },
  // Between the unlock and the put the other sharer still counts two: it copies, and puts last.
  { protocol: 'v5-put-after-unlock', threads: [a, b], violated: [...lost, 'lifecycle'] },
  // Nobody puts what it has already put: both reuse the one table, and what one maps there the other maps uncounted.
  { protocol: 'v5-put-before-lock', threads: [a, b], violated: [...lost, 'no-lost-entry', 'accounting'] },
  // The copy goes into a table that others can see, without its lock.
  { protocol: 'v5-install-before-copy', threads: [a, b], violated: ['right-lock-for-entry'] },
  { protocol: 'v5-seq-serialised', threads: [a, a, 'B:idle'], violated: [] },
  { protocol: 'v5-revalidate-lock', threads: [a, a, 'B:exit'], violated: ['no-use-after-free', ...seqcount] },
  { protocol: 'v5-no-seqcount', threads: [a, a, 'B:idle'], violated: ['right-lock-for-slot'] },
  { protocol: 'v5-global-ptl', threads: [a, a, b], violated: seqcount },
  { protocol: 'v5-warn-evaluated', threads: [a, b], config: { debugVm: false }, violated: [] },
];

function violatedIn({ protocol: name, threads, config = {} }: Row): string[] {
  const parts = threads.map((t) => t.split(':') as [string, string]);
  const file = {
    name: threads.join(', '),
    mms: Object.fromEntries(parts.map(([mm]) => [mm, {}])),
    threads: parts.filter(([, run]) => run !== 'idle').map(([mm, run]) => ({ mm, run })),
    config,
  };
  const protocol = protocols.find((p) => p.name === name);
  if (!protocol) throw new Error(`no protocol ${name}`);
  const outcome = explore(assemble(resolveScenario(jsonValue(file), file.name), protocol, properties));
  expect(outcome.exhaustive).toBe(true);
  return outcome.findings.filter((f) => f.verdict === 'violated').map((f) => f.check);
}

describe('breakers and exit, judged by every property', () => {
  for (const row of rows) {
    const configured = row.config ? ` ${JSON.stringify(row.config)}` : '';
    it(`${row.protocol}: ${row.threads.join(', ')}${configured}`, () => {
      const inOrder = properties.map((p) => p.name).filter((name) => row.violated.includes(name));
      expect(violatedIn(row)).toEqual(inOrder);
    });
  }
});
