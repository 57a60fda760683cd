import { type Shown, showing } from './own-series.ts';

/** Fork written for the tests by the rules of version 5: the same accesses in the same order, other words. */
export const ownFork = `/* Shares the table of a slot with the child; 0, or -EAGAIN and how far it came. */
static int copy_cow_pte_range(struct vm_area_struct *kid_area, struct vm_area_struct *area,
		pmd_t *into, pmd_t *from, unsigned long at, unsigned long *reached)
{
	struct mm_struct *kid = kid_area->vm_mm, *own = area->vm_mm;
	struct vm_area_struct *each;
	struct vma_iterator walk;
	unsigned long here = at & PMD_MASK, last = here + PMD_SIZE, behind;
	pgtable_t table = pmd_pgtable(*from);
	spinlock_t *guard;
	pte_t *entry;
	int rss[NR_MM_COUNTERS];
	int error = 0;

	guard = pte_lockptr(own, from);
	spin_lock(guard);
	pmd_get_pte(from);
	pmd_install(kid, into, &table);
	spin_unlock(guard);

	vma_iter_init(&walk, own, here);
	for_each_vma_range(walk, each, last) {
		here = max(here, each->vm_start);
		behind = min(last, each->vm_end);
		if (each->vm_flags & VM_DONTCOPY) {
			*reached = here;
			return -EAGAIN;
		}
		init_rss_vec(rss);
		entry = pte_offset_map(from, here);
		guard = pte_lockptr(own, from);
		spin_lock(guard);
		for (; here != behind; entry++, here += PAGE_SIZE) {
			if (pte_none(*entry))
				continue;
			if (pte_present(*entry))
				error = copy_present_pte(each, each, entry, entry, here, rss, NULL);
			else
				error = copy_nonpresent_pte(kid, own, entry, entry, each, each, here, rss);
			if (error)
				break;
		}
		add_mm_rss_vec(kid, rss);
		spin_unlock(guard);
		cond_resched();
		if (error) {
			*reached = here;
			return error;
		}
	}
	pmdp_set_wrprotect(own, at, from);
	set_pmd_at(kid, at, into, pmd_wrprotect(*from));
	return 0;
}

/* Gives the child a table of its own for what lies before the end. */
static int recover_pte_range(struct mm_struct *kid, struct mm_struct *own,
		pmd_t *into, pmd_t *from, unsigned long last)
{
	unsigned long here = last & PMD_MASK;
	spinlock_t *kid_guard, *guard;
	pte_t *source, *target;

	mm_dec_nr_ptes(kid);
	pmd_clear(into);
	if (pte_alloc(kid, into))
		return -ENOMEM;
	target = pte_offset_map(into, here);
	kid_guard = pte_lockptr(kid, into);
	spin_lock(kid_guard);
	source = pte_offset_map(from, here);
	guard = pte_lockptr(own, from);
	spin_lock(guard);
	for (; here != last; source++, target++, here += PAGE_SIZE)
		if (!pte_none(*source))
			set_pte_at(kid, here, target, *source);
	spin_unlock(guard);
	spin_unlock(kid_guard);

	spin_lock(guard);
	pmd_put_pte(from);
	spin_unlock(guard);
	return 0;
}
`;

/** What fork adds to functions of which it shows only a part. */
export const forkHooks: Readonly<Record<string, Shown>> = {
  copy_present_pte: showing(
    'copy_present_pte(struct vm_area_struct *dst_vma, struct vm_area_struct *src_vma,',
    [
      ' 	if (may_be_pinned(page)) {',
      ' 		put(page);',
      '+		if (prealloc == NULL)',
      '+			return -EAGAIN;',
      ' 		return copy_it(page);',
      ' 	}',
    ],
  ),
  copy_pmd_range: showing('copy_pmd_range(struct vm_area_struct *dst_vma, struct vm_area_struct *src_vma,', [
    ' 		next = end_of(addr);',
    ' ',
    '+		if (test_bit(MMF_COW_PTE, &src_mm->flags)) {',
    '+			unsigned long stopped = 0;',
    '+			int error;',
    '+',
    '+			if (pmd_none(*src_pmd))',
    '+				continue;',
    '+			if (!pmd_none(*dst_pmd) && !pmd_write(*dst_pmd))',
    '+				continue;',
    '+			error = copy_cow_pte_range(dst_vma, src_vma, dst_pmd, src_pmd, addr, &stopped);',
    '+			if (error == 0)',
    '+				continue;',
    '+			if (error != -EAGAIN)',
    '+				return -ENOMEM;',
    '+			if (recover_pte_range(dst_mm, src_mm, dst_pmd, src_pmd, stopped))',
    '+				return -ENOMEM;',
    '+			if (!range_in_vma(src_vma, stopped, stopped + PAGE_SIZE))',
    '+				continue;',
    '+			addr = stopped;',
    '+		}',
    ' 		if (is_bad(src_pmd))',
    ' 			continue;',
  ]),
};

const zapRange = 'static unsigned long zap_pte_range(struct mmu_gather *tlb,';

/** What zap adds to functions of which it shows only a part. */
export const zapHooks: Readonly<Record<string, Shown>> = {
  free_pmd_range: showing('static inline void free_pmd_range(struct mmu_gather *tlb, pud_t *pud,', [
    ' 		next = end_of(addr);',
    '+		if (test_bit(MMF_COW_PTE, &tlb->mm->flags) && !pmd_none(*pmd) && !pmd_write(*pmd))',
    '+			VM_WARN_ON(cow_pte_count(pmd) != 1);',
    ' 		if (is_bad(pmd))',
  ]),
  zap_present_pte: showing('zap_present_pte(struct mmu_gather *tlb, struct vm_area_struct *vma,', [
    ' 		return 0;',
    '-	ptent = ptep_get_and_clear_full(mm, addr, pte, tlb->fullmm);',
    '+	if (pte_details->flags & ZAP_PTE_IS_SHARED) {',
    '+		ptent = ptep_get(pte);',
    '+	} else {',
    '+		ptent = ptep_get_and_clear_full(mm, addr, pte, tlb->fullmm);',
    '+		zap_install_uffd_wp_if_needed(vma, addr, pte, details, ptent);',
    '+	}',
    ' 	note(tlb, pte, addr);',
  ]),
  zap_nopresent_pte: showing('zap_nopresent_pte(struct mmu_gather *tlb, struct vm_area_struct *vma,', [
    ' 	}',
    '+	if (pte_details->flags & ZAP_PTE_IS_SHARED)',
    '+		return;',
    ' 	pte_clear_not_present_full(mm, addr, pte, tlb->fullmm);',
    ' }',
  ]),
  before: showing(zapRange, [
    ' 	prepare(tlb);',
    '+	unsigned long asked = addr;',
    '+',
    '+	if (test_bit(MMF_COW_PTE, &mm->flags) && !pmd_write(*pmd)) {',
    '+		unsigned long floor = addr & PMD_MASK;',
    '+',
    '+		if (!range_in_vma(vma, floor, floor + PMD_SIZE)) {',
    '+			break_cow_pte(vma, pmd, addr);',
    '+		} else {',
    '+			tlb_flush_mmu(tlb);',
    '+			addr = floor;',
    '+			end = floor + PMD_SIZE;',
    '+			start_pte = pte_offset_map_lock(mm, pmd, addr, &ptl);',
    '+			if (cow_pte_count(pmd) != 1)',
    '+				pte_details.flags |= ZAP_PTE_IS_SHARED;',
    '+			else',
    '+				set_pmd_at(mm, addr, pmd, pmd_mkwrite(*pmd));',
    '+			pte_unmap_unlock(start_pte, ptl);',
    '+		}',
    '+	}',
    ' again:',
    ' 	begin(rss);',
  ]),
  flush: showing(zapRange, [
    ' 	if (pte_details.flags & ZAP_PTE_FORCE_FLUSH) {',
    '-		tlb_flush_mmu(tlb);',
    '+		if ((pte_details.flags & ZAP_PTE_IS_SHARED) == 0)',
    '+			tlb_flush_mmu(tlb);',
    ' 	}',
  ]),
  behind: showing(zapRange, [
    ' 		goto again;',
    ' 	}',
    '+	if (pte_details.flags & ZAP_PTE_IS_SHARED) {',
    '+		start_pte = pte_offset_map_lock(mm, pmd, asked, &ptl);',
    '+		if (pmd_put_pte(pmd)) {',
    '+			pmd_clear(pmd);',
    '+			pte_unmap_unlock(start_pte, ptl);',
    '+			mm_dec_nr_ptes(mm);',
    '+			flush_tlb_range(vma, asked & PMD_MASK, addr);',
    '+		} else {',
    '+			set_pmd_at(mm, asked, pmd, pmd_mkwrite(*pmd));',
    '+			pte_unmap_unlock(start_pte, ptl);',
    '+			tlb_flush_mmu(tlb);',
    '+			free_pte_range(tlb, pmd, asked);',
    '+		}',
    '+	}',
    ' 	return addr;',
    ' }',
  ]),
};

/** What a walk of the reverse map adds. */
export const walkHooks: Readonly<Record<string, Shown>> = {
  page_vma_mapped_walk: showing('bool page_vma_mapped_walk(struct page_vma_mapped_walk *pvmw)', [
    ' 		skip(pvmw);',
    '+	if (pvmw->flags & PVMW_BREAK_COW_PTE && break_cow_pte(vma, pvmw->pmd, pvmw->address))',
    '+		return not_found(pvmw);',
    ' 	map_it(pvmw);',
  ]),
};
