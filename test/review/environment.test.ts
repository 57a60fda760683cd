import { describe, expect, it } from 'vitest';
import { readScenario } from '../../model/scenarios/read.ts';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import { edited, ownBreak } from './own-break.ts';
import { forkHooks, ownFork, walkHooks, zapHooks } from './own-environment.ts';
import { ownHooks, ownSeries, type Shown } from './own-series.ts';
import { handWritten, protocolOf, scenarioNamed, searched, verdicts, violated } from './searched.ts';

type Hooks = Readonly<Record<string, Shown>>;
const everything: Hooks = { ...ownHooks, ...forkHooks, ...zapHooks, ...walkHooks };

const textOf = (hooks: Hooks = everything, fork = ownFork, breaks = ownBreak) =>
  protocolOf(ownSeries(hooks, `${breaks}\n${fork}`), 'series.diff');
/** The hooks with a piece of one replaced. */
const withHook = (name: string, piece: string, other: string, hooks = everything): Hooks => {
  const [head, lines] = hooks[name]!;
  return { ...hooks, [name]: [head, edited(lines.join('\n'), piece, other).split('\n')] };
};
const withFork = (piece: string, other: string) => textOf(everything, edited(ownFork, piece, other));
const v5 = handWritten('v5');
/** An error whose line says so. */
const saying = (what: RegExp) => expect.objectContaining({ line: expect.stringMatching(what) });

describe('fork, zap and reverse-map walks of a text', () => {
  it('are all translated', async () => {
    expect((await textOf()).byHand).toEqual([]);
  });
  const cases = [
    'the fork of A',
    'the fork of A, then the exit of C, one allocation may fail',
    'the fork of A beside a write-fault of A and GUP-fast',
    'a cut vma, a fork and the exit of A, allocations may fail',
    'one write-fault in A beside the exit of B',
    'the exits of A and B, without split PTE locks',
    'MADV_DONTNEED of one of two entries in A',
    'MADV_DONTNEED of one entry with a second slot',
    'munmap of one entry in A, one allocation may fail',
    'truncation in A beside the exit of A',
    'a reverse-map break in A, allocations may fail',
  ];
  it.each(cases)('have the verdicts and the states of version 5: %s', async (name) => {
    const { protocol } = await textOf();
    const on = scenarioNamed(name);
    expect(searched(protocol, on)).toEqual(searched(v5, on));
  });
});

/** A fork of an mm that has its table to itself. */
const privateFork = (...runs: readonly string[]): Scenario =>
  readScenario(
    JSON.stringify({
      mms: { A: {}, C: { member: false } },
      initial: 'private',
      threads: ['A fork', ...runs].map((thread) => {
        const [mm, run] = thread.split(' ');
        return { mm, run };
      }),
    }),
    runs.join(', '),
  );

describe('an edit of fork', () => {
  it('the reference taken after the table is installed, under the same lock: nobody can tell', async () => {
    const { protocol } = await withFork(
      '	pmd_get_pte(from);\n	pmd_install(kid, into, &table);\n',
      '	pmd_install(kid, into, &table);\n	pmd_get_pte(from);\n',
    );
    const on = scenarioNamed('the fork of A beside a break of the reverse map');
    expect(verdicts(protocol, on)).toEqual(verdicts(v5, on));
  });
  it('the reference taken behind the unlock: two slots and count 1 meanwhile', async () => {
    const { protocol } = await withFork(
      '	pmd_get_pte(from);\n	pmd_install(kid, into, &table);\n	spin_unlock(guard);\n',
      '	pmd_install(kid, into, &table);\n	spin_unlock(guard);\n	pmd_get_pte(from);\n',
    );
    const on = scenarioNamed('the fork of A');
    expect(violated(v5, on)).toEqual(['shared-is-read-only']);
    expect(violated(protocol, on)).toEqual(['refcount-matches', 'shared-is-read-only']);
  });
  it('no reference taken: the child frees, or reuses, what the parent has', async () => {
    const { protocol } = await withFork('	pmd_get_pte(from);\n', '');
    expect(violated(protocol, scenarioNamed('the fork of A'))).toEqual(['refcount-matches', 'no-table-leak']);
  });
  it("the parent's slot not write-protected: the parent writes to the shared table", async () => {
    const { protocol } = await withFork('	pmdp_set_wrprotect(own, at, from);\n', '');
    const on = privateFork('A write-fault');
    expect(violated(v5, on)).toEqual(['shared-is-read-only']);
    expect(violated(protocol, on)).toEqual([
      'shared-is-read-only',
      'warn-shared-writable',
      'shared-never-modified',
      'break-leaves-private',
      'accounting',
    ]);
  });
  it('no return where a page may be pinned: copy_present_page() has no page', async () => {
    const hooks = withHook('copy_present_pte', '+			return -EAGAIN;', '+			;');
    const { protocol } = await textOf(hooks);
    const on = scenarioNamed('the fork of A beside a write-fault of A and GUP-fast');
    expect(() => violated(protocol, on)).toThrow(/copy_present_pte\(\) comes to copy_present_page\(\) here/);
    // Where nobody pins, nothing comes to it.
    expect(verdicts(protocol, scenarioNamed('the fork of A'))).toEqual(
      verdicts(v5, scenarioNamed('the fork of A')),
    );
  });
  it('what leads to where the model has nothing is refused', async () => {
    const on = scenarioNamed('the fork of A');
    const cases = [
      ['test_bit(MMF_COW_PTE, &src_mm->flags)', '0', /fork goes on to copy_pte_range\(\) here/],
      [
        'error == 0)\n+				continue;',
        'error == 0)\n+				return 0;',
        /fork returns an error here, though no allocation fails/,
      ],
      [
        'error == 0)\n+				continue;',
        'error == 0)\n+				break;',
        /a break that leads out of what the patch shows/,
      ],
    ] as const;
    for (const [piece, other, error] of cases) {
      const { protocol } = await textOf(withHook('copy_pmd_range', piece, other));
      expect(() => violated(protocol, on)).toThrow(saying(error));
    }
  });
});

describe('an edit of zap', () => {
  const exits = scenarioNamed('the exits of A and B');
  it('the flushes before the unlock, in break and zap: v5-flush-in-lock', async () => {
    const others = withHook(
      'behind',
      '+			pte_unmap_unlock(start_pte, ptl);\n+			mm_dec_nr_ptes(mm);\n+			flush_tlb_range(vma, asked & PMD_MASK, addr);',
      '+			flush_tlb_range(vma, asked & PMD_MASK, addr);\n+			pte_unmap_unlock(start_pte, ptl);\n+			mm_dec_nr_ptes(mm);',
    );
    const both = withHook(
      'behind',
      '+			pte_unmap_unlock(start_pte, ptl);\n+			tlb_flush_mmu(tlb);',
      '+			tlb_flush_mmu(tlb);\n+			pte_unmap_unlock(start_pte, ptl);',
      others,
    );
    const reuses = edited(
      ownBreak,
      '		pte_unmap_unlock(from, guard);\n		goto flushed;',
      '		flush_tlb_range(area, at, last);\n		pte_unmap_unlock(from, guard);\n		goto leave;',
      2,
    );
    const breaks = edited(
      reuses,
      '	pte_unmap_unlock(from_first, guard);\nflushed:\n	flush_tlb_range(area, at, last);\n',
      '	flush_tlb_range(area, at, last);\n	pte_unmap_unlock(from_first, guard);\n',
    );
    const { protocol } = await textOf(both, ownFork, breaks);
    const inLock = handWritten('v5-flush-in-lock');
    const cpu = scenarioNamed('a processor of A beside a write-fault in A and the exit of B');
    for (const on of [exits, cpu]) expect(verdicts(protocol, on)).toEqual(verdicts(inLock, on));
    expect(violated(protocol, cpu)).toEqual([]);
    expect(violated(v5, cpu)).toEqual(['tlb-no-freed-walk']);
  });
  it('no test of the count before: the last user finds out at the put, and no entry is ever cleared', async () => {
    const test = [
      '+			if (cow_pte_count(pmd) != 1)',
      '+				pte_details.flags |= ZAP_PTE_IS_SHARED;',
      '+			else',
      '+				set_pmd_at(mm, addr, pmd, pmd_mkwrite(*pmd));',
    ];
    const { protocol } = await textOf(
      withHook('before', test.join('\n'), '+			pte_details.flags |= ZAP_PTE_IS_SHARED;'),
    );
    const notExercised = 'holds (not exercised)';
    expect(verdicts(protocol, exits)).toEqual({
      ...verdicts(v5, exits),
      'right-lock-for-entry': notExercised,
      'no-foreign-write': notExercised,
      'shared-never-modified': notExercised,
    });
  });
  it('the put left out: the count stays one too high', async () => {
    const { protocol } = await textOf(
      withHook('behind', 'if (pmd_put_pte(pmd))', 'if (cow_pte_count(pmd) != 1)'),
    );
    expect(violated(protocol, exits)).toEqual(['refcount-matches', 'no-table-leak']);
  });
  it('shared entries cleared as well: those of the others are gone', async () => {
    const { protocol } = await textOf(
      withHook('zap_present_pte', 'flags & ZAP_PTE_IS_SHARED', 'flags & ZAP_PTE_FORCE_FLUSH'),
    );
    expect(violated(protocol, exits)).toEqual(['shared-never-modified', 'accounting']);
  });
  it('nothing clears an entry any more: the mm keeps what it unmaps', async () => {
    const [head] = zapHooks['zap_present_pte']!;
    const lines = [' 	a();', '-	ptent = ptep_get_and_clear_full(mm, addr, pte, tlb->fullmm);', ' 	b();'];
    const { protocol } = await textOf({ ...everything, zap_present_pte: [head, lines] });
    const on = scenarioNamed('MADV_DONTNEED of one entry with a second slot');
    expect(verdicts(protocol, exits)['right-lock-for-entry']).toBe('holds (not exercised)');
    expect(violated(v5, on)).toEqual(['no-lost-entry']);
    expect(violated(protocol, on)).toEqual(['no-lost-entry', 'accounting']);
  });
  it('a warning round the put is judged, and drops the put without CONFIG_DEBUG_VM', async () => {
    const text = await textOf(
      withHook('behind', 'if (pmd_put_pte(pmd))', 'if (!VM_WARN_ON(!pmd_put_pte(pmd)))'),
    );
    const on = readScenario(
      JSON.stringify({
        mms: { A: {}, B: {} },
        threads: ['A', 'B'].map((mm) => ({ mm, run: 'exit', after: 'own' })),
      }),
      'exits',
    );
    expect(violated(text.protocol, on)).toEqual(['put-never-last']);
    const without = { ...on, config: { ...on.config, debugVm: false } };
    expect(violated(text.protocol, without)).toEqual(['refcount-matches', 'no-table-leak']);
    expect(text.findings().map(({ rule }) => rule)).toContain('effect-in-warning');
  });
  it('the test in free_pmd_range() the other way round: the warning fires', async () => {
    const hooks = withHook('free_pmd_range', '!pmd_none(*pmd) && !pmd_write(*pmd)', '!pmd_none(*pmd)');
    const { protocol } = await textOf(
      withHook('free_pmd_range', 'cow_pte_count(pmd) != 1', 'cow_pte_count(pmd) == 1', hooks),
    );
    expect(violated(protocol, exits)).toEqual(['warn-free-shared']);
  });
});

describe('an edit of a reverse-map walk', () => {
  it('a break that fails dropped: a store, and no error', async () => {
    const { protocol } = await textOf(
      withHook('page_vma_mapped_walk', '+		return not_found(pvmw);', '+		;'),
    );
    const on = scenarioNamed('a reverse-map break in A, allocations may fail');
    const more = violated(protocol, on).filter((name) => !violated(v5, on).includes(name));
    expect(more).toContain('failure-reported');
  });
  it('a break in walks that only read is more than the model has', async () => {
    const { protocol } = await textOf(
      withHook('page_vma_mapped_walk', 'pvmw->flags & PVMW_BREAK_COW_PTE && ', ''),
    );
    const on = scenarioNamed('a reverse-map walk in A beside a write-fault in A and the exit of B');
    expect(() => violated(protocol, on)).toThrow(saying(/the hand-written model does not break there/));
  });
});

describe('what cannot be followed is an error with its line', () => {
  const fork = scenarioNamed('the fork of A');
  const exits = scenarioNamed('the exits of A and B');
  it.each([
    [
      'add_mm_rss_vec(kid, rss);',
      'add_mm_rss(kid, rss);',
      fork,
      /'add_mm_rss\(\)' is neither .*did you mean 'add_mm_rss_vec'/,
    ],
    [
      'for_each_vma_range(walk, each, last)',
      'for_each_vma(walk, each)',
      fork,
      /the iterator macro for_each_vma\(\) is not/,
    ],
    ['each->vm_flags & VM_DONTCOPY', 'each->vm_flags & VM_SHARED', fork, /'VM_SHARED' is declared nowhere/],
    [
      'area->vm_mm;\n	struct vm_area_struct *each',
      'area->vm_page_prot;\n	struct vm_area_struct *each',
      fork,
      /does not keep 'vm_page_prot'/,
    ],
  ] as const)('%s: %s', async (piece, other, on, error) => {
    const { protocol } = await withFork(piece, other);
    expect(() => violated(protocol, on)).toThrow(saying(error));
  });
  it('a hunk of zap_pte_range() whose place cannot be told', async () => {
    const [head, lines] = zapHooks['before']!;
    const alone: Shown = [head, lines.filter((line) => !line.includes('again:'))];
    await expect(textOf({ ...everything, before: alone })).rejects.toThrow(
      /it cannot be told where in zap_pte_range\(\) this stands/,
    );
  });
  it('a line under a condition of which the model knows nothing', async () => {
    const [head, lines] = zapHooks['behind']!;
    const [jump, end, ...rest] = lines;
    const more: Shown = [head, ['+		flush_tlb_mm(mm);', jump!, end!, ...rest]];
    await expect(textOf({ ...everything, behind: more })).rejects.toThrow(/cannot be told where/);
    const other: Shown = [
      head,
      [' 	if (addr != end) {', '+		flush_tlb_mm(mm);', ' 	}', ' 	return addr;', ' }'],
    ];
    await expect(textOf({ ...everything, behind: other })).rejects.toThrow(/cannot be told where/);
  });
  it.each(['copy_pmd_range', 'free_pmd_range', 'zap_present_pte', 'zap_nopresent_pte'])(
    'a condition round what is added to %s()',
    async (name) => {
      const [head, lines] = everything[name]!;
      const [first, ...rest] = lines;
      const [last] = rest.splice(-1);
      const inside: Shown = [
        head,
        [' 	if (odd(addr)) {', ...rest, ' 	}', ...(last === ' }' ? [last] : [])],
      ];
      expect(first).toBeDefined();
      await expect(textOf({ ...everything, [name]: inside })).rejects.toThrow(
        `this stands in ${name}() under a condition that was there before`,
      );
    },
  );
  it('no condition round what is added to copy_present_pte()', async () => {
    const [head, lines] = forkHooks['copy_present_pte']!;
    const open: Shown = [
      head,
      lines.filter((line) => !line.includes('may_be_pinned') && line.trim() !== '}'),
    ];
    await expect(textOf({ ...everything, copy_present_pte: open })).rejects.toThrow(
      'this does not stand under the test of a page that may be pinned',
    );
  });
  it('a part of zap_present_pte() that does not show the clear', async () => {
    const [head, lines] = zapHooks['zap_present_pte']!;
    const blind: Shown = [head, lines.filter((line) => !line.includes('ptep_get_and_clear_full'))];
    await expect(textOf({ ...everything, zap_present_pte: blind })).rejects.toThrow(
      /does not show where it clears the entry/,
    );
  });
  it('an address that is none', async () => {
    const { protocol } = await textOf(
      withHook('before', '+			end = floor + PMD_SIZE;', '+			return 0;'),
    );
    expect(() => violated(protocol, exits)).toThrow(/zap_pte_range\(\) returns something that is no address/);
  });
});
