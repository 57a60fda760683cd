import { type Primitive, pure, row, withoutEffect } from './primitive.ts';

const memory = 'mm/memory.c';
const mm = 'include/linux/mm.h';
const generic = 'include/linux/pgtable.h';
const gather = 'include/asm-generic/tlb.h';
const rss = 'the model keeps page references, swap counts and nr_ptes, not rss';

/** What fork and zap use beside the primitives of the break. */
export const environmentPrimitives: readonly Primitive[] = [
  pure('min', 'a b', 'lesser', 'include/linux/minmax.h'),
  pure('max', 'a b', 'greater', 'include/linux/minmax.h'),
  // One private anonymous vma covers the slot, or two where it was cut; for_each_vma_range() goes over these.
  row(
    'vma_iter_init',
    '*vmi mm addr',
    [
      ['vmas', 'vmas from', 'mm', 'addr'],
      ['', 'store through', 'vmi', 'vmas'],
    ],
    null,
    mm,
  ),
  row(
    'pmd_install',
    'mm *pmd *pte',
    [
      ['lock', 'pmd lock', 'pmd'],
      ['', 'take lock', 'lock'],
      ['found', 'load', 'pmd'],
      ['none', 'pmd is none', 'found'],
      ['filled', 'not', 'none'],
      ['unlock', 'skip if', 'filled'],
      ['', 'nr_ptes +1', 'mm'],
      ['table', 'load', 'pte'],
      ['value', 'pmd of table', 'table'],
      ['', 'store through', 'pmd', 'value'],
      ['null', 'null'],
      ['', 'store through', 'pte', 'null'],
      ['unlock', 'here'],
      ['', 'drop lock', 'lock'],
    ],
    null,
    memory,
  ),
  row('pte_alloc', 'mm *pmd', [['failed', 'allocate and install', 'pmd']], 'failed', mm, true),
  withoutEffect('init_rss_vec', '*rss', memory, rss),
  withoutEffect('add_mm_rss_vec', 'mm *rss', memory, rss),
  // The entries of the parent. A swap count never needs a continuation here, so that copy_nonpresent_pte() returns 0.
  row(
    'copy_nonpresent_pte',
    'dst_mm src_mm *dst_pte *src_pte dst_vma src_vma addr *rss',
    [['error', 'copy swap entry', 'dst_pte', 'src_pte']],
    'error',
    memory,
  ),
  pure('pte_to_swp_entry', 'pte', 'swap entry', 'include/linux/swapops.h'),
  row(
    'add_swap_count_continuation',
    'entry gfp',
    [['error', 'never needed', 'entry']],
    'error',
    'mm/swapfile.c',
    true,
  ),
  // Entries that zap clears, and its gather.
  row('ptep_get_and_clear_full', 'mm addr *pte full', [['value', 'take entry', 'pte']], 'value', generic),
  row('ptep_get_and_clear', 'mm addr *pte', [['value', 'take entry', 'pte']], 'value', generic),
  row(
    'pte_clear_not_present_full',
    'mm addr *pte full',
    [
      ['none', 'empty pte'],
      ['', 'store through', 'pte', 'none'],
    ],
    null,
    generic,
  ),
  row('tlb_flush_mmu', 'tlb', [['', 'flush gather', 'tlb']], null, 'mm/mmu_gather.c'),
  row('free_pte_range', 'tlb *pmd addr', [['', 'table to gather', 'pmd']], null, memory),
  withoutEffect(
    'tlb_remove_tlb_entry',
    'tlb *pte addr',
    gather,
    'the page that is batched tells what to flush',
  ),
  withoutEffect('tlb_change_page_size', 'tlb size', gather, 'all pages have one size'),
  withoutEffect(
    'zap_install_uffd_wp_if_needed',
    'vma addr *pte details pteval',
    memory,
    'no vma of the model belongs to userfaultfd',
  ),
];
