import { describe, expect, it } from 'vitest';
import { readPatch } from '../../review/read-patch.ts';
import { textProtocol } from '../../review/translate/text-protocol.ts';
import { edited, ownBreak } from './own-break.ts';
import { forkHooks, ownFork, walkHooks, zapHooks } from './own-environment.ts';
import { ownHooks, ownSeries, type Shown, showing } from './own-series.ts';
import { handWritten, protocolOf, scenarioNamed, violated } from './searched.ts';

const everything = { ...ownHooks, ...forkHooks, ...zapHooks, ...walkHooks };
const textOf = (more: Readonly<Record<string, Shown>>, breaks = ownBreak) =>
  protocolOf(ownSeries({ ...everything, ...more }, `${breaks}\n${ownFork}`), 'series.diff');
const saying = (what: RegExp) => expect.objectContaining({ line: expect.stringMatching(what) });

describe('what the model has in its own words', () => {
  it('is named where a text adds to it, and where statements are taken from it for good', async () => {
    const text = await textOf({
      ctor: showing('static inline bool pgtable_pte_page_ctor(struct page *page)', [
        ' 	begin(page);',
        '+	set_page_count(page, 2);',
        ' 	return true;',
      ]),
      free_pmd_range: showing('static void free_pmd_range(struct mmu_gather *tlb)', [
        ' 	begin(tlb);',
        '-	free_pte_range(tlb, pmd, addr);',
        ' 	end(tlb);',
      ]),
    });
    expect(text.byHand).toEqual(['free_pmd_range', 'pgtable_pte_page_ctor']);
    expect(text.kept).toEqual([]);
    const [head, lines] = ownHooks['insert_page']!;
    const locked = await textOf({
      insert_page: [head, [...lines, '-	entry = lock_entry(vma, addr);', ' 	end();']],
    });
    expect([locked.byHand, locked.kept]).toEqual([[], ['insert_page']]);
  });
  it.each([
    ['#define PVMW_BREAK_COW_PTE 0', /'PVMW_BREAK_COW_PTE' anew; the model has it as 4/],
    ['#define ZAP_PTE_IS_SHARED (1 << 2)', /'ZAP_PTE_IS_SHARED' anew; the model has it as 2/],
    ['#define spin_lock(lock) do { } while (0)', /'spin_lock' anew; the model has it;/],
    ['#define PMD_MASK 0', /'PMD_MASK' anew; the model has it;/],
  ])('%s is refused, since macros are not expanded', async (line, what) => {
    await expect(textOf({}, `${line}\n${ownBreak}`)).rejects.toEqual(saying(what));
  });
  it.each(['#define PVMW_BREAK_COW_PTE (1 << 2)', '#define ZAP_PTE_IS_SHARED 0x0002 /* not ours */'])(
    '%s says nothing new',
    async (line) => {
      expect((await textOf({}, `${line}\n${ownBreak}`)).byHand).toEqual([]);
    },
  );
  it('a part of the series is given once', async () => {
    const bytes = new TextEncoder().encode(ownSeries(walkHooks, ''));
    const parts = [
      await readPatch('break.c', new TextEncoder().encode(ownBreak)),
      await readPatch('walks.diff', bytes),
    ];
    const again = await readPatch('again.diff', bytes);
    await expect(textProtocol('parts', [...parts, again])).rejects.toEqual(
      saying(/^again\.diff.*is in walks\.diff too; give each part of the series once/),
    );
  });
});

describe('a text that goes wrong otherwise than the model', () => {
  const faults = scenarioNamed('one write-fault in each of A and B');
  const begin = '	raw_write_seqcount_begin(&owner->write_protect_seq);\n';
  const end = '	raw_write_seqcount_end(&owner->write_protect_seq);\n';
  it.each([
    [end, ''],
    [end, end + end],
    [begin, begin + begin],
  ])('sections that do not match are violations: %j becomes %j', async (piece, other) => {
    const { protocol } = await textOf({}, edited(ownBreak, piece, other));
    expect(violated(protocol, faults).filter((name) => name.startsWith('seqcount'))).not.toEqual([]);
  });
  it('a table that goes to the gather before it is emptied is freed with it', async () => {
    const [head, lines] = zapHooks['behind']!;
    const flush = '+			tlb_flush_mmu(tlb);';
    const free = '+			free_pte_range(tlb, pmd, asked);';
    const swapped = lines.map((line) => (line === flush ? free : line === free ? flush : line));
    expect(swapped).not.toEqual(lines);
    const { protocol } = await textOf({ behind: [head, swapped] });
    const on = scenarioNamed('the exits of A and B');
    expect(violated(protocol, on)).toEqual(violated(handWritten('v5'), on));
  });
});
