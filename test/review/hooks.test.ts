import { describe, expect, it } from 'vitest';
import { readScenario } from '../../model/scenarios/read.ts';
import { readPatch } from '../../review/read-patch.ts';
import { textProtocol } from '../../review/translate/text-protocol.ts';
import { ownHooks, ownSeries, type Shown } from './own-series.ts';
import {
  handWritten,
  protocolOf,
  scenario,
  scenarioNamed,
  searched,
  verdicts,
  violated,
} from './searched.ts';

const series = async (hooks: Readonly<Record<string, Shown>> = ownHooks) =>
  (await protocolOf(ownSeries(hooks), 'series.diff')).protocol;
/** The hooks with other lines in one function. */
const changed = (name: string, change: (lines: readonly string[]) => readonly string[]) => {
  const [head, lines] = ownHooks[name]!;
  return { ...ownHooks, [name]: [head, change(lines)] as Shown };
};
const without = (name: string) =>
  Object.fromEntries(Object.entries(ownHooks).filter(([key]) => key !== name));

describe('calls of the break as the text has them', () => {
  const cases = [
    'one write-fault in each of A and B',
    'one write-fault in each of A and B, without CONFIG_DEBUG_VM',
    'a file read fault beside a write-fault in B',
    'an anonymous read fault beside a write-fault in A',
    'insert-page in A beside a write-fault in B',
    'swapoff in A beside a write-fault in B, allocations may fail',
    'mremap of one entry in A into a shared neighbour',
  ];
  it.each(cases)('give the verdicts of version 5: %s', async (name) => {
    const on = scenarioNamed(name);
    expect(verdicts(await series(), on)).toEqual(verdicts(handWritten('v5'), on));
  });
  it('give the states of version 5 where nothing but dead locals is left out', async () => {
    const protocol = await series();
    for (const runs of [
      'A write-fault',
      'A unshare-fault',
      'A insert-pfn',
      'A remap-pfn',
      'A split-vma',
      'A swap-fault',
    ]) {
      const on = scenario([runs, 'B break-only'], { allocFailures: 1 });
      expect([runs, searched(protocol, on)]).toEqual([runs, searched(handWritten('v5'), on)]);
    }
  });
});

describe('an edit of a call', () => {
  const inserts = scenario(['A insert-page', 'B break-only']);
  const insertsWithoutMemory = scenario(['A insert-page', 'B break-only'], { allocFailures: 2 });
  it('left out: an entry is stored in a shared table', async () => {
    expect(violated(await series(), inserts)).toEqual([]);
    expect(violated(await series(without('insert_page')), inserts)).toContain('shared-never-modified');
  });
  it('its failure dropped: nobody hears of it', async () => {
    const dropped = changed('insert_page', () => [
      ' 	error = 0;',
      '+	break_cow_pte(vma, NULL, addr);',
      ' 	go_on();',
    ]);
    expect(violated(await series(), insertsWithoutMemory)).toEqual([]);
    expect(violated(await series(dropped), insertsWithoutMemory)).toContain('failure-reported');
  });
  it('its failure reported where version 5 drops it', async () => {
    const moves = readScenario(
      JSON.stringify({
        mms: { A: {}, B: {} },
        initial: { slots: ['shared', 'none'] },
        threads: [{ mm: 'A', run: 'mremap', to: 1, entry: 0 }],
        config: { allocFailures: 2, slots: 2 },
      }),
      'a move without memory',
    );
    const reported = changed('move_page_tables', () => [
      ' 	old_pmd = find_old(vma);',
      '+	if (break_cow_pte(vma, old_pmd, old_addr))',
      '+		break;',
      ' 	move(vma);',
    ]);
    expect(violated(await series(), moves)).toContain('failure-reported');
    expect(violated(await series(reported), moves)).not.toContain('failure-reported');
  });
  it('the warning left out: it is judged nowhere', async () => {
    const silent = changed('__handle_mm_fault', (lines) =>
      lines.filter((line) => !/VM_WARN_ON|pmd_none/.test(line)),
    );
    const on = scenario(['A write-fault', 'B write-fault']);
    expect(verdicts(await series(), on)['warn-shared-writable']).toBe('holds');
    expect(verdicts(await series(silent), on)['warn-shared-writable']).toBe('holds (not exercised)');
  });
  it('only where a page is written: a file read fault meets a shared table', async () => {
    const writes = changed('__handle_mm_fault', (lines) =>
      lines.map((line) => line.replace(' || vma->vm_ops', '')),
    );
    const on = scenario(['A read-fault-file', 'B break-only']);
    expect(violated(await series(), on)).toEqual([]);
    expect(violated(await series(writes), on)).toContain('shared-never-modified');
  });
  it('with something that the model does not have: an error with its line', async () => {
    const strange = changed('insert_page', (lines) =>
      lines.map((line) => line.replace('goto away', 'croak(vma)')),
    );
    const protocol = await series(strange);
    expect(() => violated(protocol, inserts)).toThrow(
      expect.objectContaining({
        reason: 'unknown-call',
        place: expect.objectContaining({ file: 'mm/memory.c' }),
      }),
    );
  });
});

describe('several texts', () => {
  it('are one; what is translated of none is told', async () => {
    const helpers = `static inline int cow_pte_count(pmd_t *pmd)
{
	return page_count(pmd_page(*pmd));
}

static inline bool pmd_put_pte(pmd_t *pmd)
{
	return page_ref_add_unless(pmd_page(*pmd), -1, 1);
}
`;
    const patches = await Promise.all([
      readPatch('helpers.c', new TextEncoder().encode(helpers)),
      readPatch('series.diff', new TextEncoder().encode(ownSeries())),
    ]);
    const text = await textProtocol('both', patches);
    expect(text.byHand).toEqual([]);
    const on = scenario(['A break-only', 'B break-only']);
    expect(searched(text.protocol, on).verdicts).toEqual(searched(handWritten('v5'), on).verdicts);
    const other: Shown = [
      'void far_away(struct vm_area_struct *vma)',
      [' 	a();', '+	break_cow_pte(vma, pmd, addr);', ' 	b();'],
    ];
    const zap: Shown = [
      'static void free_pmd_range(struct mmu_gather *tlb)',
      [' 	a();', '+	c();', ' 	b();'],
    ];
    const more = await protocolOf(ownSeries({ ...ownHooks, other, zap }), 'series.diff');
    expect(more.byHand).toEqual(['far_away']);
    expect(() => violated(more.protocol, scenario(['A exit']))).toThrow(/'c\(\)' is neither defined/);
  });
  it('are named in errors, each for its own lines', async () => {
    const bad = 'static inline int cow_pte_count(pmd_t *pmd)\n{\n	return page_cuont(pmd_page(*pmd));\n}\n';
    const patches = await Promise.all([
      readPatch('series.diff', new TextEncoder().encode(ownSeries())),
      readPatch('bad.c', new TextEncoder().encode(bad)),
    ]);
    const { protocol } = await textProtocol('both', patches);
    expect(() => violated(protocol, scenario(['A break-only']))).toThrow(
      expect.objectContaining({
        line: expect.stringMatching(/^bad\.c:3 \(bad\.c:3\): 'page_cuont\(\)'.*did you mean 'page_count'/),
      }),
    );
    const twice = [patches[0]!, { ...patches[0]!, name: 'again.diff' }];
    await expect(textProtocol('both', twice)).rejects.toMatchObject({ reason: 'same-file-twice' });
  });
});
