/** What the conditions of the preprocessor ask for: the symbols of the kernel's configuration, and what follows from them. */
export type Symbols = ReadonlyMap<string, number>;

const yes = [
  'CONFIG_64BIT',
  'CONFIG_ARCH_ENABLE_SPLIT_PMD_PTLOCK',
  'CONFIG_ARCH_ENABLE_THP_MIGRATION',
  'CONFIG_ARCH_HAS_PTE_SPECIAL',
  'CONFIG_COW_PTE',
  'CONFIG_DEBUG_VM',
  'CONFIG_HAVE_ARCH_TRANSPARENT_HUGEPAGE',
  'CONFIG_HAVE_MOVE_PMD',
  'CONFIG_HAVE_MOVE_PUD',
  'CONFIG_HUGETLB_PAGE',
  'CONFIG_KSM',
  'CONFIG_MEMCG',
  'CONFIG_MIGRATION',
  'CONFIG_MMU',
  'CONFIG_MMU_NOTIFIER',
  'CONFIG_NUMA',
  'CONFIG_NUMA_BALANCING',
  'CONFIG_SHMEM',
  'CONFIG_SMP',
  'CONFIG_SWAP',
  'CONFIG_TRANSPARENT_HUGEPAGE',
  'CONFIG_USERFAULTFD',
  'CONFIG_X86',
  'CONFIG_X86_64',
  'USE_SPLIT_PMD_PTLOCKS',
  'USE_SPLIT_PTE_PTLOCKS',
];
const no = [
  'ALLOC_SPLIT_PTLOCKS',
  'CONFIG_ARM64',
  'CONFIG_DEBUG_LOCK_ALLOC',
  'CONFIG_DEBUG_SPINLOCK',
  'CONFIG_HIGHMEM',
  'CONFIG_HIGHPTE',
  'CONFIG_LOCKDEP',
  'CONFIG_MMU_GATHER_RCU_TABLE_FREE',
  'CONFIG_PARAVIRT',
  'CONFIG_PREEMPT_RT',
  'CONFIG_PROVE_LOCKING',
  'MODULE',
  '__ASSEMBLY__',
  '__GENKSYMS__',
  '__PAGETABLE_P4D_FOLDED',
  '__PAGETABLE_PMD_FOLDED',
  '__PAGETABLE_PUD_FOLDED',
];

/** An x86-64 kernel with COW_PTE and DEBUG_VM, and CONFIG_NR_CPUS=64: what the model's default configuration describes. */
const usual: readonly (readonly [string, number])[] = [
  ...yes.map((name) => [name, 1] as const),
  ...no.map((name) => [name, 0] as const),
  ['CONFIG_NR_CPUS', 64],
  ['CONFIG_PGTABLE_LEVELS', 5],
  ['CONFIG_SPLIT_PTLOCK_CPUS', 4],
  ['NR_CPUS', 64],
];

/** The usual symbols with some of another value. A symbol that is in neither is an error where a condition names it. */
export const symbolsWith = (changed: Readonly<Record<string, number>> = {}): Symbols =>
  new Map([...usual, ...Object.entries(changed)]);
