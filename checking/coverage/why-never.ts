/** A branch of the source, by its names. */
interface Named {
  readonly function: string;
  readonly step: string;
  readonly leadsTo: string;
}

/** Branches that no order of steps takes, and why. `*` stands for any name. */
interface Known {
  readonly in: string;
  readonly branches: readonly string[];
  readonly why: string;
}

const twoLooks = 'an entry does not change between two reads under the right lock';
const notTwice = 'nobody empties the slot again after it was found to lead to a table';
const held = 'mmap_lock is held for write: nobody fills or empties a slot between two looks at it';
const mapped = 'the address of the entries does not come from an empty slot here';

const known: readonly Known[] = [
  {
    in: 'zap_huge_pmd',
    branches: ['recheck_huge unlock_table', 'unlock_table *'],
    why: 'a huge page would have to become a table meanwhile',
  },
  {
    in: 'free_pmd_range',
    branches: ['warn_read_slot stopped', 'warn_read_count *'],
    why: 'nobody can reach the slot any more once it was zapped',
  },
  {
    in: 'free_pte_range',
    branches: ['read_slot stopped'],
    why: 'nobody can reach the slot any more once it was zapped',
  },
  {
    in: 'gup_pte_range',
    branches: ['gup_grab_page return'],
    why: 'a page seen mapped keeps a reference while interrupts are off: who unmaps it has to flush first',
  },
  { in: 'copy_nonpresent_pte', branches: ['load_swap store_swap', 'store_swap stopped'], why: twoLooks },
  {
    in: 'copy_present_pte',
    branches: ['load_present store_present', 'store_present stopped'],
    why: 'a page without references is never mapped writable, and no entry changes under its lock',
  },
  { in: 'copy_present_page', branches: ['copy_page stopped'], why: mapped },
  {
    in: 'recover_pte_range',
    branches: [
      'alloc_check_none map_dst',
      'lockptr_dst stopped',
      'lockptr_src stopped',
      'put_read_slot stopped',
    ],
    why: "nobody empties the child's slot, which has W=1, nor the parent's meanwhile",
  },
  {
    in: 'do_anonymous_page',
    branches: ['check_unstable return', 'lockptr stopped', 'check_entry stopped'],
    why: notTwice,
  },
  { in: 'remap_pte_range', branches: ['lockptr stopped', 'insert_check_none stopped'], why: held },
  {
    in: 'move_ptes',
    branches: [
      'lockptr_new stopped',
      'lockptr_new test_none',
      'unlock_new *',
      'store stopped',
      'store unlock_new',
    ],
    why: 'no vma covers the new slot, mmap_lock is held, and two slots of one mm never lead to one table',
  },
  {
    in: 'tlb_batch_pages_flush',
    branches: ['*'],
    why: 'most combinations of what the gather may hold at a flush do not come up',
  },
  {
    in: 'tlb_table_flush',
    branches: ['*'],
    why: 'most combinations of what the gather may hold at a flush do not come up',
  },
];

const fits = (pattern: string, { step, leadsTo }: Named): boolean => {
  const [first, second = '*'] = pattern.split(' ');
  return (first === '*' || first === step) && (second === '*' || second === leadsTo);
};

/** Why no order of steps takes a branch, where that is known; null elsewhere. It is a remark beside what was seen, and judges nothing. */
export const whyNever = (branch: Named): string | null =>
  known.find((k) => k.in === branch.function && k.branches.some((pattern) => fits(pattern, branch)))?.why ??
  null;

/** All patterns, for a test that each of them names a branch. */
export const knownNever: readonly string[] = known.flatMap((k) => k.branches.map((b) => `${k.in} ${b}`));
