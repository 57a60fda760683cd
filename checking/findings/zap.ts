import type { Finding } from './finding.ts';

const part = 'MADV_DONTNEED of one of two entries in A';
const runsOn = 'MADV_DONTNEED of one entry with a second slot';
const discard = 'MADV_DONTNEED in A beside a write-fault in A';
const truncate = 'truncation in A beside a file read fault in A';
const truncateExit = 'truncation in A beside the exit of A';
const rmapExit = 'a reverse-map break in A beside the exit of A';
const exits = 'the exits of A and B, without split PTE locks';
const emptied = [
  'no-foreign-write',
  'shared-never-modified',
  'no-use-after-free',
  'no-empty-slot-deref',
  'accounting',
];

/** What goes wrong where a table is given up. */
export const zap: readonly Finding[] = [
  {
    id: 'widened-zap',
    title: 'MADV_DONTNEED of one page discards the whole 2 MiB, and the next',
    kind: 'corruption',
    protocol: 'v5',
    shown: { scenario: part, property: 'no-lost-entry' },
    covers: [{ scenarios: [part, runsOn], properties: ['no-lost-entry'] }],
    lines: 'mm/memory.c:1804-1815, 1908',
    edits: ['zapInOneSection'],
    explanation:
      'A zap of a COW-ed slot inside one vma is widened to the whole 2 MiB. For exit and munmap of the vma that is right. For a request that names a part, pages that nobody named are gone. The widened end is returned to the loop of the caller, which stops at the end that was asked for, is past it, and goes on with the slots that follow.',
    instead:
      'Only a vma that goes away whole gives the slot up. Any other zap breaks first and zaps what was asked for.',
  },
  {
    id: 'zap-under-fault',
    title: 'MADV_DONTNEED empties the slot under a page fault',
    kind: 'corruption',
    protocol: 'v5',
    shown: { scenario: discard, property: 'no-empty-slot-deref' },
    covers: [{ scenarios: [discard], properties: emptied }],
    lines: 'mm/memory.c:1894-1908 beside 5254-5256 and 5722',
    edits: ['zapInOneSection'],
    explanation:
      'A page fault and MADV_DONTNEED both hold mmap_lock for read. Before the patch neither emptied a slot. Now zap does, under a lock of the table and not of the slot. The fault applies pmd_page() to an empty value, or goes on in a table that has no slot or is freed.',
    instead:
      'No path that leaves the vma in place empties a slot: it breaks, and clears entries under the pte lock.',
  },
  {
    id: 'truncate-under-fault',
    title: 'Truncation empties the slot under a page fault',
    kind: 'corruption',
    protocol: 'v5',
    shown: { scenario: truncate, property: 'no-use-after-free' },
    covers: [{ scenarios: [truncate], properties: emptied }],
    lines: 'mm/memory.c:1894-1908 beside 5254-5256 and 5722',
    edits: ['zapInOneSection'],
    explanation:
      'The same by truncate(), which holds no mmap_lock at all. It reaches every mm that maps the file, whatever those are doing.',
    instead: 'The same: truncation breaks and clears the entries of the range.',
  },
  {
    id: 'exit-under-rmap',
    title: 'A reverse-map walk goes on in a slot that exit has emptied',
    kind: 'corruption',
    protocol: 'v5',
    shown: { scenario: rmapExit, property: 'no-foreign-write' },
    covers: [
      { scenarios: [rmapExit], properties: ['no-foreign-write', 'no-empty-slot-deref', 'accounting'] },
    ],
    lines: 'mm/memory.c:1908; mm/page_vma_mapped.c:18-52',
    edits: ['slotUnderPmdLock', 'zapInOneSection'],
    explanation:
      'free_pgtables() waits for reverse-map walks before it empties slots. The zap of a shared table does not: it empties the slot while the anon_vma still leads to it. The walk uses an address from an empty slot, or clears an entry of a table that the mm has left.',
    instead:
      'The walk looks the slot up under the pmd lock and ends if it is empty. Whoever is alone with a table leaves it to free_pgtables().',
  },
  {
    id: 'truncate-under-exit',
    title: 'Truncation goes on in a slot that exit has emptied',
    kind: 'corruption',
    protocol: 'v5',
    shown: { scenario: truncateExit, property: 'no-empty-slot-deref' },
    covers: [{ scenarios: [truncateExit], properties: ['no-empty-slot-deref'] }],
    lines: 'mm/memory.c:1820-1827, 1835, 1893-1908',
    edits: ['zapInOneSection'],
    explanation:
      'truncate() reaches the mm through i_mmap and exit through its own vmas; neither lock keeps the other out until unlink_file_vma(), which comes after the zap. Each of the two looks at the slot, and takes its lock from it later: the one that is late takes it from an empty slot.',
    instead:
      'Exit decides and empties the slot in one section under the pmd lock; truncation looks the slot up under that lock and ends if it is empty.',
  },
  {
    id: 'exits-no-split-locks',
    title: 'Without split PTE locks two exits free a table that has a slot',
    kind: 'corruption',
    protocol: 'v5',
    shown: { scenario: exits, property: 'refcount-matches' },
    covers: [{ scenarios: [exits], properties: ['refcount-matches'] }],
    lines: 'mm/memory.c:1894-1908',
    edits: ['zapInOneSection', 'tableLock'],
    explanation:
      'Each exit holds the page_table_lock of its own mm. One of them puts its reference and has not yet emptied its slot when the other finds itself the last and frees the table: a slot points to a freed table until it is emptied.',
    instead: 'The lock is in the page of the table, and put and store of the slot are in one section.',
  },
];
