import { environmentPrimitives } from './environment-primitives.ts';
import { nothing, type Primitive, pure, row } from './primitive.ts';

const pgtable = 'arch/x86/include/asm/pgtable.h';
const generic = 'include/linux/pgtable.h';
const mm = 'include/linux/mm.h';
const lookup: Primitive['steps'] = [
  ['lock', 'lock of slot', 'pmd'],
  ['pte', 'entries of slot', 'pmd', 'addr'],
  ['', 'store through', 'ptlp', 'lock'],
  ['', 'take lock', 'lock'],
];

const page: Primitive['steps'] = [
  ['table', 'table of pmd', 'pmd'],
  ['', 'demand table', 'table'],
];

/** Everything that the break, its callers, and fork use, and what an edit of them is likely to use. */
export const primitives: readonly Primitive[] = [
  ...environmentPrimitives,
  // Values of slots and entries.
  pure('pmd_none', 'pmd', 'pmd is none', pgtable),
  pure('pmd_write', 'pmd', 'pmd is writable', pgtable),
  pure('pmd_present', 'pmd', 'pmd is present', pgtable),
  pure('is_swap_pmd', 'pmd', 'pmd is swap', 'include/linux/huge_mm.h'),
  pure('pmd_trans_huge', 'pmd', 'pmd is huge', pgtable),
  pure('pmd_devmap', 'pmd', 'pmd is devmap', pgtable),
  pure('pmd_same', 'a b', 'pmds are equal', generic),
  pure('pmd_mkwrite', 'pmd', 'pmd with W', pgtable),
  pure('pmd_wrprotect', 'pmd', 'pmd without W', pgtable),
  row('pmd_pgtable', 'pmd', page, 'table', 'arch/x86/include/asm/pgalloc.h'),
  pure('pte_none', 'pte', 'pte is none', pgtable),
  pure('pte_present', 'pte', 'pte is present', pgtable),
  pure('pte_same', 'a b', 'ptes are equal', pgtable),
  // Slots.
  row('set_pmd_at', 'mm addr *pmd value', [['', 'store through', 'pmd', 'value']], null, pgtable),
  row(
    'pmd_clear',
    '*pmd',
    [
      ['none', 'empty pmd'],
      ['', 'store through', 'pmd', 'none'],
    ],
    null,
    pgtable,
  ),
  row(
    'pmd_populate',
    'mm *pmd table',
    [
      ['value', 'pmd of table', 'table'],
      ['', 'store through', 'pmd', 'value'],
    ],
    null,
    'arch/x86/include/asm/pgalloc.h',
  ),
  row('pmdp_set_wrprotect', 'mm addr *pmd', [['', 'clear W of slot', 'pmd']], null, pgtable),
  // Entries.
  row('pte_offset_map', '*pmd addr', [['pte', 'entries of slot', 'pmd', 'addr']], 'pte', generic),
  row('pte_lockptr', 'mm *pmd', [['lock', 'lock of slot', 'pmd']], 'lock', mm),
  row('pte_offset_map_lock', 'mm *pmd addr *ptlp', lookup, 'pte', mm),
  row('pte_unmap_unlock', '*pte *ptl', [['', 'drop lock', 'ptl']], null, mm),
  nothing('pte_unmap', '*pte', generic),
  row('set_pte_at', 'mm addr *pte value', [['', 'store through', 'pte', 'value']], null, pgtable),
  row(
    'pte_clear',
    'mm addr *pte',
    [
      ['none', 'empty pte'],
      ['', 'store through', 'pte', 'none'],
    ],
    null,
    pgtable,
  ),
  row('ptep_get', '*pte', [['value', 'load', 'pte']], 'value', generic),
  // Tables.
  row('pte_alloc_one', 'mm', [['table', 'allocate table']], 'table', 'include/asm-generic/pgalloc.h', true),
  row('pte_free', 'mm table', [['', 'free table', 'table']], null, 'include/asm-generic/pgalloc.h'),
  row('mm_inc_nr_ptes', 'mm', [['', 'nr_ptes +1', 'mm']], null, mm),
  row('mm_dec_nr_ptes', 'mm', [['', 'nr_ptes -1', 'mm']], null, mm),
  row(
    'pte_alloc_map_lock',
    'mm *pmd addr *ptlp',
    [['failed', 'allocate and install', 'pmd'], ['pte', 'unless', 'failed'], ...lookup],
    'pte',
    mm,
    true,
  ),
  // The reference count of a table (patch 03 of the series).
  row(
    'cow_pte_count',
    '*pmd',
    [
      ['table', 'table of slot', 'pmd'],
      ['count', 'read count', 'table'],
    ],
    'count',
    mm,
  ),
  row(
    'pmd_put_pte',
    '*pmd',
    [
      ['table', 'table of slot', 'pmd'],
      ['done', 'put unless last', 'table'],
    ],
    'done',
    mm,
  ),
  row(
    'pmd_get_pte',
    '*pmd',
    [
      ['table', 'table of slot', 'pmd'],
      ['count', 'get', 'table'],
    ],
    'count',
    mm,
  ),
  // What these are made of.
  row('pmd_page', 'pmd', page, 'table', pgtable),
  row('page_count', '*page', [['count', 'read count', 'page']], 'count', 'include/linux/page_ref.h'),
  row('page_ref_inc_return', '*page', [['count', 'get', 'page']], 'count', 'include/linux/page_ref.h'),
  row(
    'page_ref_add_unless',
    '*page by unless',
    [
      ['checked', 'must be -1 and 1', 'by', 'unless'],
      ['done', 'put unless last', 'page'],
    ],
    'done',
    'include/linux/page_ref.h',
  ),
  // Locks.
  row('spin_lock', '*lock', [['', 'take lock', 'lock']], null, 'include/linux/spinlock.h'),
  row('spin_lock_nested', '*lock subclass', [['', 'take lock', 'lock']], null, 'include/linux/spinlock.h'),
  row('spin_unlock', '*lock', [['', 'drop lock', 'lock']], null, 'include/linux/spinlock.h'),
  row('pmd_lockptr', 'mm *pmd', [['lock', 'pmd lock', 'pmd']], 'lock', mm),
  row(
    'pmd_lock',
    'mm *pmd',
    [
      ['lock', 'pmd lock', 'pmd'],
      ['', 'take lock', 'lock'],
    ],
    'lock',
    mm,
  ),
  row('mutex_lock', '*mutex', [['', 'take mutex', 'mutex']], null, 'include/linux/mutex.h', true),
  row('mutex_unlock', '*mutex', [['', 'drop mutex', 'mutex']], null, 'include/linux/mutex.h'),
  nothing('mmap_assert_write_locked', 'mm', 'include/linux/mmap_lock.h'),
  nothing('mmap_assert_locked', 'mm', 'include/linux/mmap_lock.h'),
  nothing('lockdep_assert_held', '*lock', 'include/linux/lockdep.h'),
  // write_protect_seq.
  row(
    'raw_write_seqcount_begin',
    '*seq',
    [
      ['loaded', 'load seqcount', 'seq'],
      ['', 'begin section', 'seq', 'loaded'],
    ],
    null,
    'include/linux/seqlock.h',
  ),
  row(
    'raw_write_seqcount_end',
    '*seq',
    [
      ['loaded', 'load seqcount', 'seq'],
      ['', 'end section', 'seq', 'loaded'],
    ],
    null,
    'include/linux/seqlock.h',
  ),
  // Notifiers and the TLB.
  nothing('mmu_notifier_range_init', '*range event flags vma mm start end', 'include/linux/mmu_notifier.h'),
  row(
    'mmu_notifier_invalidate_range_start',
    '*range',
    [['', 'start notifier']],
    null,
    'include/linux/mmu_notifier.h',
    true,
  ),
  row(
    'mmu_notifier_invalidate_range_end',
    '*range',
    [['', 'end notifier']],
    null,
    'include/linux/mmu_notifier.h',
  ),
  row('flush_tlb_range', 'vma start end', [['', 'flush']], null, 'arch/x86/include/asm/tlbflush.h'),
  row('flush_tlb_mm', 'mm', [['', 'flush']], null, 'arch/x86/include/asm/tlbflush.h'),
  // Waiting.
  row('schedule_timeout', 'timeout', [['', 'yield']], null, 'kernel/time/timer.c', true),
  row('out_of_memory', '*oc', [['', 'call the OOM killer']], null, 'mm/oom_kill.c', true),
  row('cond_resched', '', [['', 'may sleep']], null, 'include/linux/sched.h', true),
  row('might_sleep', '', [['', 'may sleep']], null, 'include/linux/kernel.h', true),
  pure('msecs_to_jiffies', 'ms', 'opaque', 'include/linux/jiffies.h'),
  // The walk to the slot: upper levels are there in every scenario.
  pure('pgd_offset', 'mm addr', 'upper level', generic),
  pure('p4d_offset', '*pgd addr', 'upper level', pgtable),
  pure('pud_offset', '*p4d addr', 'upper level', pgtable),
  pure('pmd_offset', '*pud addr', 'slot at address', generic),
  pure('pgd_none_or_clear_bad', '*pgd', 'never', generic),
  pure('p4d_none_or_clear_bad', '*p4d', 'never', generic),
  pure('pud_none_or_clear_bad', '*pud', 'never', generic),
  pure('pmd_addr_end', 'addr end', 'end of slot', generic),
  pure('range_in_vma', 'vma start end', 'range in vma', mm),
  pure('test_bit', 'bit *word', 'flag of mm', 'include/linux/bitops.h'),
  // What orders or advises and changes nothing here: memory is sequentially consistent.
  nothing('arch_enter_lazy_mmu_mode', '', generic),
  nothing('arch_leave_lazy_mmu_mode', '', generic),
  nothing('page_table_check_pte_clear', 'mm addr pte', 'include/linux/page_table_check.h'),
  nothing('page_table_check_pte_clear_range', 'mm addr pmd', 'include/linux/page_table_check.h'),
  nothing('flush_cache_range', 'vma start end', 'include/asm-generic/cacheflush.h'),
  nothing('barrier', '', 'include/linux/compiler.h'),
  nothing('smp_mb', '', 'include/asm-generic/barrier.h'),
  nothing('smp_rmb', '', 'include/asm-generic/barrier.h'),
  nothing('smp_wmb', '', 'include/asm-generic/barrier.h'),
  pure('likely', 'value', 'itself', 'include/linux/compiler.h'),
  pure('unlikely', 'value', 'itself', 'include/linux/compiler.h'),
  pure('READ_ONCE', 'value', 'itself', 'include/asm-generic/rwonce.h'),
];

/** A macro that warns if its argument is true: whether the argument is evaluated where CONFIG_DEBUG_VM is not set. */
export const warnings: Readonly<
  Record<string, { readonly evaluates: 'always' | 'with CONFIG_DEBUG_VM'; readonly where: string }>
> = {
  VM_WARN_ON: { evaluates: 'with CONFIG_DEBUG_VM', where: 'include/linux/mmdebug.h' },
  VM_WARN_ON_ONCE: { evaluates: 'with CONFIG_DEBUG_VM', where: 'include/linux/mmdebug.h' },
  WARN_ON: { evaluates: 'always', where: 'include/asm-generic/bug.h' },
  WARN_ON_ONCE: { evaluates: 'always', where: 'include/asm-generic/bug.h' },
};

const byName: ReadonlyMap<string, Primitive> = new Map(primitives.map((p) => [p.name, p]));
export const primitiveNamed = (name: string): Primitive | undefined => byName.get(name);
export const knownCalls: readonly string[] = [...byName.keys(), ...Object.keys(warnings)];
