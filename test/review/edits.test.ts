import { describe, expect, it } from 'vitest';
import { edited, ownBreak } from './own-break.ts';
import { handWritten, protocolOf, scenario, searched, violated, warningsOf } from './searched.ts';

const two = scenario(['A break-only', 'B break-only']);
const three = scenario(['A break-only', 'A break-only', 'B break-only']);
const withoutDebug = scenario(['A write-fault', 'B write-fault'], { debugVm: false });

const unlockInstalled = '\tpte_unmap_unlock(from_first, guard);\n';
const put = '\tVM_WARN_ON(!pmd_put_pte(&cowed_entry));\n';
const compare = '\tVM_WARN_ON(!pmd_same(*where, cowed_entry));\n';
const install = '\tset_pmd_at(owner, at, where, made);\n';
const begin = '\traw_write_seqcount_begin(&owner->write_protect_seq);\n';
const end = '\traw_write_seqcount_end(&owner->write_protect_seq);\n';
const flush = '\tflush_tlb_range(area, at, last);\n';
const takeBack = `		pmd_t mine = pmd_mkwrite(*where);
		set_pmd_at(owner, at, where, mine);
		pte_unmap_unlock(from, guard);
`;
const recheck = `	if (cow_pte_count(&cowed_entry) == 1) {\n${takeBack}		goto flushed;\n	}\n`;
const loop = `	here = at;
	do {
		if (pte_none(*from))
			continue;
		set_pte_at(owner, here, into, *from);
	} while (into++, from++, here += PAGE_SIZE, here != last);
`;

describe('an edit of the C gives what its hand-written variant gives', () => {
  const flushInLock = edited(
    edited(
      edited(
        ownBreak,
        `${takeBack}		goto flushed;\n`,
        `${takeBack.replace('\t\tpte_unmap', `\t${flush}\t\tpte_unmap`)}		goto leave;\n`,
        2,
      ),
      unlockInstalled,
      flush + unlockInstalled,
    ),
    `flushed:\n${flush}`,
    '',
  );
  const cases: readonly (readonly [string, string, string])[] = [
    ['nothing', 'v5', ownBreak],
    ['the second test of the count left out', 'v5-no-recheck', edited(ownBreak, recheck, '')],
    ['the flush before the unlock', 'v5-flush-in-lock', flushInLock],
    [
      'the put behind the unlock',
      'v5-put-after-unlock',
      edited(edited(ownBreak, put, ''), unlockInstalled, unlockInstalled + put),
    ],
    ['no write section', 'v5-no-seqcount', edited(edited(ownBreak, begin, ''), end, '')],
    [
      'the slot emptied before the copy',
      'v5-clear-first',
      edited(
        edited(ownBreak, loop, `\tpmd_clear(where);\n${loop}`),
        '!pmd_same(*where, cowed_entry)',
        '!pmd_none(*where)',
      ),
    ],
    [
      'the new table installed before the copy',
      'v5-install-before-copy',
      edited(edited(edited(ownBreak, install, ''), compare, ''), loop, install + loop),
    ],
  ];
  it.each(cases)('%s: %s', async (_, variant, text) => {
    const { protocol } = await protocolOf(text);
    for (const on of [two, three]) expect(searched(protocol, on)).toEqual(searched(handWritten(variant), on));
  });

  it('the put outside of the warning: v5-warn-evaluated, and the warning is there in every configuration', async () => {
    const { protocol } = await protocolOf(edited(ownBreak, 'VM_WARN_ON(!pmd_put', 'WARN_ON(!pmd_put'));
    const [text, hand] = [protocol, handWritten('v5-warn-evaluated')].map((one) =>
      searched(one, withoutDebug),
    );
    expect(text!.states).toBe(hand!.states);
    expect(text!.verdicts).toEqual({ ...hand!.verdicts, 'put-never-last': 'holds' });
  });

  it('the slot compared after each lock, and over again if it has moved on: what v5-revalidate-lock violates', async () => {
    const lockIf = (label: string, from: string) => `${label}:
	cowed_entry = READ_ONCE(*where);
	if (pmd_none(cowed_entry) || pmd_write(cowed_entry))
		goto leave;
	${from} = pte_offset_map(&cowed_entry, at);
	guard = pte_lockptr(owner, &cowed_entry);
	spin_lock(guard);
	if (!pmd_same(*where, cowed_entry)) {
		pte_unmap_unlock(from, guard);
		goto ${label};
	}
`;
    const lock = '\tguard = pte_lockptr(owner, where);\n\tspin_lock(guard);\n';
    const first = edited(ownBreak, `\tfrom = pte_offset_map(where, at);\n${lock}`, lockIf('once', 'from'));
    const text = edited(
      first,
      `\tfrom_first = from = pte_offset_map(where, at);\n${lock}\tcowed_entry = READ_ONCE(*where);\n`,
      lockIf('twice', 'from_first = from'),
    );
    const { protocol } = await protocolOf(text);
    expect(violated(protocol, three)).toEqual(violated(handWritten('v5-revalidate-lock'), three));
    expect(violated(protocol, two)).toEqual([]);
  });
});

describe('what does not change what is done changes no state', () => {
  const same = async (text: string, on = two) => {
    const { protocol } = await protocolOf(text);
    expect(searched(protocol, on)).toEqual(searched(handWritten('v5'), on));
  };
  it('a for in the place of the do', async () => {
    const asFor = `	for (here = at; here != last; here += PAGE_SIZE, into++, from++) {
		if (pte_none(*from))
			continue;
		set_pte_at(owner, here, into, *from);
	}
`;
    const text = edited(ownBreak, loop, asFor);
    await same(text);
    await same(text, scenario(['A break-only', 'B break-only'], { entries: 3 }));
  });
  it('a function of its own', async () => {
    const helper = `static void take_back(struct mm_struct *mm, unsigned long at, pmd_t *pmd, pte_t *pte, spinlock_t *lock)
{
	pmd_t mine = pmd_mkwrite(*pmd);

	set_pmd_at(mm, at, pmd, mine);
	pte_unmap_unlock(pte, lock);
}

`;
    await same(helper + edited(ownBreak, takeBack, '\t\ttake_back(owner, at, where, from, guard);\n', 2));
  });
  it('another name for a local, and a local of the same name in a block', async () => {
    await same(edited(ownBreak, 'guard', 'doors', 9));
    await same(edited(ownBreak, recheck, `	{\n		int guard = 0;\n		guard += 1;\n	}\n${recheck}`));
  });
  it('pointers that go round', async () => {
    const pointers = edited(
      ownBreak,
      '\tpmd_t *where = fault->pmd;\n',
      '\tpmd_t *given = fault->pmd, *where = given ? given : NULL;\n',
    );
    await same(
      edited(
        pointers,
        'cow_pte_count(&cowed_entry) == 1',
        'cow_pte_count(1 > 0 ? &cowed_entry : where) == 1',
      ),
    );
  });
});

describe('mistakes', () => {
  it('an unlock that is missing: a warning, and a deadlock', async () => {
    const text = await protocolOf(edited(ownBreak, unlockInstalled, ''));
    expect(violated(text.protocol, two)).toEqual(['no-deadlock', 'every-break-ends']);
    expect(warningsOf(text, two)).toContain(
      'break.c:70 (break.c:70): handle_cow_pte_fault() returns with a spin lock held on a way that leads here [lock-held-at-return]',
    );
  });
  it('an unlock of another lock: the slot is looked at again for it', async () => {
    const again = edited(
      ownBreak,
      unlockInstalled,
      '\tpte_unmap_unlock(from_first, pte_lockptr(owner, where));\n',
    );
    expect(violated((await protocolOf(again)).protocol, two)).toContain('no-deadlock');
    const twice = edited(ownBreak, unlockInstalled, unlockInstalled + unlockInstalled);
    expect(violated((await protocolOf(twice)).protocol, two)).toContain('no-deadlock');
  });
  it('a seqcount update that is missing', async () => {
    expect(violated((await protocolOf(edited(ownBreak, end, ''))).protocol, two)).toEqual([
      'seqcount-settles',
    ]);
    expect(violated((await protocolOf(edited(ownBreak, begin, ''))).protocol, two)).toEqual([
      'seqcount-even-outside',
      'seqcount-settles',
    ]);
  });
  it('a new table that is forgotten', async () => {
    const text = edited(ownBreak, '\tif (spare)\n\t\tpte_free(owner, spare);\n', '');
    expect(violated((await protocolOf(text)).protocol, three)).toContain('new-table-installed-or-freed');
  });
  it('the pmd lock round the section: it sleeps under a spin lock', async () => {
    const locked = edited(ownBreak, '\tspinlock_t *guard;', '\tspinlock_t *guard, *big;');
    const text = await protocolOf(
      edited(
        edited(locked, begin, `\tbig = pmd_lock(owner, where);\n${begin}`),
        end,
        `${end}\tspin_unlock(big);\n`,
      ),
    );
    expect(violated(text.protocol, three)).toEqual(['no-sleep-under-spinlock']);
    expect(warningsOf(text, two)[0]).toMatch(
      /pte_alloc_one\(\) may sleep, and a spin lock is held here \[sleep-under-lock\]$/,
    );
  });
  it('the pmd lock round each critical section: nothing is stored under a wrong lock', async () => {
    const lock = '\tspin_lock(guard);\n';
    const parts = edited(
      edited(ownBreak, '\tspinlock_t *guard;', '\tspinlock_t *guard, *big;'),
      `\tguard = pte_lockptr(owner, where);\n${lock}`,
      `\tbig = pmd_lock(owner, where);\n\tguard = pte_lockptr(owner, where);\n${lock}`,
      2,
    );
    const text = parts.replace(
      /(\t+)pte_unmap_unlock\((\w+), guard\);\n/g,
      '$1pte_unmap_unlock($2, guard);\n$1spin_unlock(big);\n',
    );
    const found = await protocolOf(text);
    expect(violated(found.protocol, three)).not.toContain('no-sleep-under-spinlock');
    expect(warningsOf(found, two)).toHaveLength(1);
  });
});

describe('lint', () => {
  it('says what a configuration drops, labels that nobody needs, unlocks of what is not locked', async () => {
    const text = await protocolOf(
      edited(
        edited(ownBreak, unlockInstalled, unlockInstalled + unlockInstalled),
        '\tresult = 0;\n',
        '',
        0,
      ).replace('\tspare = pte', 'nowhere:\n\tspare = pte'),
    );
    expect(warningsOf(text, two)).toEqual([
      "break.c:35 (break.c:35): the label 'nowhere' is used by no goto [unused-label]",
      'break.c:60 (break.c:60): VM_WARN_ON() drops its argument without CONFIG_DEBUG_VM, and with it what pmd_put_pte() does [effect-in-warning]',
      'break.c:65 (break.c:65): a lock is released that is not held here [lock-not-held]',
    ]);
  });
  it('says which warning no property judges', async () => {
    const text = await protocolOf(
      edited(ownBreak, compare, `${compare}\tVM_WARN_ON(pmd_present(*where) && pmd_devmap(*where));\n`),
    );
    expect(warningsOf(text, two)[1]).toMatch(
      /what VM_WARN_ON\(\) warns of is judged by no property \[unjudged-warning\]$/,
    );
  });
});
