import { ownBreak } from './own-break.ts';

/** Lines of a function of which the patch shows only a part; those that it adds begin with a plus, those that it takes away with a minus. */
export type Shown = readonly [head: string, lines: readonly string[]];
export const showing = (head: string, lines: readonly string[]): Shown => [head, lines];

/** What a patch adds to the functions that call the break, in words of our own. */
export const ownHooks: Readonly<Record<string, Shown>> = {
  __handle_mm_fault: [
    'static vm_fault_t __handle_mm_fault(struct vm_area_struct *vma,',
    [
      ' 	unsigned long place = here;',
      ' ',
      '+	if (flags & (FAULT_FLAG_WRITE | FAULT_FLAG_UNSHARE) || vma->vm_ops) {',
      '+		if (test_bit(MMF_COW_PTE, &mm->flags) && handle_cow_pte_fault(&vmf) == -ENOMEM)',
      '+			return VM_FAULT_OOM;',
      '+	}',
      '+	if (!pmd_none(*vmf.pmd))',
      '+		VM_WARN_ON(cow_pte_count(vmf.pmd) > 1 && pmd_write(*vmf.pmd));',
      ' 	return rest_of_it(&vmf);',
      ' }',
    ],
  ],
  handle_pte_fault: [
    'static vm_fault_t handle_pte_fault(struct vm_fault *vmf)',
    [
      ' 	if (not_there(vmf)) {',
      '+		if (test_bit(MMF_COW_PTE, &vmf->vma->vm_mm->flags))',
      '+			handle_cow_pte_fault(vmf);',
      ' 		return swap_it_in(vmf);',
      ' 	}',
    ],
  ],
  insert_page: [
    'static int insert_page(struct vm_area_struct *vma, unsigned long addr,',
    [
      ' 	error = -ENOMEM;',
      '+	if (break_cow_pte(vma, NULL, addr))',
      '+		goto away;',
      ' 	entry = find_entry(vma, addr);',
    ],
  ],
  insert_pfn: [
    'static vm_fault_t insert_pfn(struct vm_area_struct *vma, unsigned long addr,',
    [
      ' 	pte_t *entry;',
      ' ',
      '+	if (break_cow_pte(vma, NULL, addr) != 0)',
      '+		return VM_FAULT_OOM;',
      ' 	entry = find_entry(vma, addr);',
    ],
  ],
  remap_pfn_range_notrack: [
    'int remap_pfn_range_notrack(struct vm_area_struct *vma, unsigned long addr,',
    [
      ' 	check(addr, end);',
      '+	if (break_cow_pte_range(vma, addr, end))',
      '+		return -ENOMEM;',
      ' 	flush_it(vma);',
    ],
  ],
  __split_vma: [
    'int __split_vma(struct vma_iterator *vmi, struct vm_area_struct *vma,',
    [
      ' 	prepare(vmi);',
      '+	error = break_cow_pte(vma, NULL, addr);',
      '+	if (error)',
      '+		return error;',
      ' 	cut(vmi);',
    ],
  ],
  move_page_tables: [
    'unsigned long move_page_tables(struct vm_area_struct *vma,',
    [' 	old_pmd = find_old(vma);', '+	break_cow_pte(vma, old_pmd, old_addr);', ' 	move(vma);'],
  ],
  unuse_pmd_range: [
    'static inline int unuse_pmd_range(struct vm_area_struct *vma, pud_t *pud,',
    [
      ' 	next = end_of(addr);',
      '+	if (break_cow_pte(vma, pmd, addr))',
      '+		return -ENOMEM;',
      ' 	use(pmd);',
    ],
  ],
};

/** A bare diff that adds a break to one file, and to functions of it what their names ask for. */
export function ownSeries(
  hooks: Readonly<Record<string, Shown>> = ownHooks,
  text: string = ownBreak,
): string {
  const added = text
    .trimEnd()
    .split('\n')
    .map((line) => `+${line}`);
  const hunks: readonly Shown[] = [
    ['static void before(void)', [' }', ' ', ...added, ' ', ' int after;']],
    ...Object.values(hooks),
  ];
  let [old, shift] = [100, 0];
  const body = hunks.flatMap(([head, lines]) => {
    const [plus, minus] = ['+', '-'].map((sign) => lines.filter((line) => line.startsWith(sign)).length) as [
      number,
      number,
    ];
    const header = `@@ -${old},${lines.length - plus} +${old + shift},${lines.length - minus} @@ ${head}`;
    [old, shift] = [old + 1000, shift + plus - minus];
    return [header, ...lines];
  });
  return `--- a/mm/memory.c\n+++ b/mm/memory.c\n${body.join('\n')}\n`;
}
