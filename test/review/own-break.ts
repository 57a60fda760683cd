/**
 * A break written for the tests, by the rules of version 5: the same accesses in the same order, other words. Its statements
 * stand one to a line, so that edits can name them.
 */
export const ownBreak = `/* Breaks the table that a slot shares; 0, or -ENOMEM. */
static vm_fault_t handle_cow_pte_fault(struct vm_fault *fault)
{
	struct vm_area_struct *area = fault->vma;
	struct mm_struct *owner = area->vm_mm;
	pmd_t *where = fault->pmd;
	unsigned long at = fault->address & PMD_MASK, last = at + PMD_SIZE, here;
	struct mmu_notifier_range told;
	pmd_t cowed_entry, made;
	pte_t *from, *from_first, *into;
	pgtable_t spare = NULL;
	spinlock_t *guard;
	int result = 0;

	if (pmd_none(*where) || pmd_write(*where))
		return 0;
	if (is_swap_pmd(*where) || pmd_trans_huge(*where) || pmd_devmap(*where))
		return 0;
	mmu_notifier_range_init(&told, MMU_NOTIFY_PROTECTION_PAGE, 0, area, owner, at, last);
	mmu_notifier_invalidate_range_start(&told);
	raw_write_seqcount_begin(&owner->write_protect_seq);

	/* Alone with the table? */
	from = pte_offset_map(where, at);
	guard = pte_lockptr(owner, where);
	spin_lock(guard);
	if (cow_pte_count(where) == 1) {
		pmd_t mine = pmd_mkwrite(*where);
		set_pmd_at(owner, at, where, mine);
		pte_unmap_unlock(from, guard);
		goto flushed;
	}
	pte_unmap_unlock(from, guard);

	spare = pte_alloc_one(owner);
	if (!spare) {
		result = -ENOMEM;
		goto leave;
	}
	from_first = from = pte_offset_map(where, at);
	guard = pte_lockptr(owner, where);
	spin_lock(guard);
	cowed_entry = READ_ONCE(*where);
	if (cow_pte_count(&cowed_entry) == 1) {
		pmd_t mine = pmd_mkwrite(*where);
		set_pmd_at(owner, at, where, mine);
		pte_unmap_unlock(from, guard);
		goto flushed;
	}
	pmd_clear(&made);
	pmd_populate(owner, &made, spare);
	into = pte_offset_map(&made, at);
	here = at;
	do {
		if (pte_none(*from))
			continue;
		set_pte_at(owner, here, into, *from);
	} while (into++, from++, here += PAGE_SIZE, here != last);
	VM_WARN_ON(!pmd_put_pte(&cowed_entry));
	VM_WARN_ON(!pmd_same(*where, cowed_entry));
	set_pmd_at(owner, at, where, made);
	spare = NULL;
	pte_unmap_unlock(from_first, guard);
flushed:
	flush_tlb_range(area, at, last);
leave:
	raw_write_seqcount_end(&owner->write_protect_seq);
	mmu_notifier_invalidate_range_end(&told);
	if (spare)
		pte_free(owner, spare);
	return result;
}

int break_cow_pte(struct vm_area_struct *area, pmd_t *where, unsigned long at)
{
	struct vm_fault fault = {
		.vma = area,
		.address = at,
		.pmd = where,
	};
	int result;

	if (!test_bit(MMF_COW_PTE, &area->vm_mm->flags))
		return 0;
	if (!where)
		fault.pmd = pmd_offset(pud_offset(p4d_offset(pgd_offset(area->vm_mm, at), at), at), at);
	result = handle_cow_pte_fault(&fault);
	if (result == -ENOMEM) {
		schedule_timeout(msecs_to_jiffies(1000));
		result = handle_cow_pte_fault(&fault);
		if (result == -ENOMEM) {
			struct oom_control oc = {};

			mutex_lock(&oom_lock);
			out_of_memory(&oc);
			mutex_unlock(&oom_lock);
		}
	}
	return result;
}

int break_cow_pte_range(struct vm_area_struct *area, unsigned long at, unsigned long last)
{
	unsigned long after;
	int bad = 0;

	do {
		after = pmd_addr_end(at, last);
		if (break_cow_pte(area, NULL, at))
			bad++;
	} while (at = after, at != last);
	return bad;
}
`;

/** A text with one piece replaced, which must be there exactly as often as is said. */
export function edited(text: string, piece: string, other: string, times = 1): string {
  const parts = text.split(piece);
  if (parts.length !== times + 1) throw new Error(`'${piece}' stands ${parts.length - 1} times in the text`);
  return parts.join(other);
}
