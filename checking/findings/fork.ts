import type { Finding } from './finding.ts';
import { forkBesideBreak, forkBesideGup, forksThatShare, pinnedFork } from './scenarios.ts';

/** What fork leaves open while it shares a table. */
export const fork: readonly Finding[] = [
  {
    id: 'fork-window',
    title: 'Fork shares a table before it write-protects the slots',
    kind: 'harmless',
    protocol: 'v5',
    shown: { scenario: 'the fork of A', property: 'shared-is-read-only' },
    covers: [{ scenarios: forksThatShare, properties: ['shared-is-read-only'] }],
    lines: 'copy_cow_pte_range(), mm/memory.c:1163 to 1270',
    edits: ['forkInOneSection'],
    explanation:
      'The count is raised first, the slots are write-protected after all entries are done. In between the table is shared and writable in both. mmap_lock, held for write, keeps page faults out, so fork alone does no harm. What holds no mmap_lock can look into the window: see the next finding.',
    instead:
      'Entries, W, the count and the slot of the child are done in one section under the pmd lock and the lock of the table.',
  },
  {
    id: 'break-in-window',
    title: 'A reverse-map break takes the table that fork is sharing for a private one',
    kind: 'corruption',
    protocol: 'v5',
    shown: { scenario: forkBesideBreak, property: 'shared-never-modified' },
    covers: [
      {
        scenarios: [forkBesideBreak, forkBesideGup],
        properties: ['shared-never-modified', 'break-leaves-private'],
      },
    ],
    lines: 'mm/memory.c:1163 to 1270 beside 5229; mm/rmap.c:974',
    edits: ['forkInOneSection', 'rmapLooksAgain'],
    explanation:
      'Inside the window the slot is writable, so the break returns 0 and does nothing. The walk then changes an entry of a table that the child shares, or changes it after fork has shared it.',
    instead:
      'There is no window; and the walk looks at W again under the pte lock before it changes an entry.',
  },
  {
    id: 'child-without-count',
    title: 'Fork gives the child a table that it holds no reference to',
    kind: 'corruption',
    protocol: 'v5',
    shown: { scenario: forkBesideBreak, property: 'refcount-matches' },
    covers: [
      { scenarios: [forkBesideBreak, forkBesideGup], properties: ['refcount-matches', 'no-table-leak'] },
    ],
    lines: 'mm/memory.c:1269-1270',
    edits: ['forkInOneSection'],
    explanation:
      'At its end fork clears W in the slot of the parent, reads the slot again and stores that value for the child, all without a lock. A reverse-map break in between has put a new table there. The child gets that one, with count 1 and two slots; the reference that fork took is on the old table, which is leaked. Whoever exits first frees the table of the other.',
    instead: 'The slot of the child is stored in the section in which the reference was taken.',
  },
  {
    id: 'pinned-fork',
    title: 'A fork that meets a pinned page gives its reference back late',
    kind: 'harmless',
    protocol: 'v5',
    shown: { scenario: pinnedFork, property: 'refcount-matches' },
    covers: [{ scenarios: [pinnedFork], properties: ['refcount-matches', 'lifecycle'] }],
    lines: 'recover_pte_range(), mm/memory.c:1292-1338',
    edits: ['forkInOneSection'],
    explanation:
      'The slot of the child is emptied first, the reference put last, after a table was allocated and entries were copied. In between the count is one too high, and a break would copy where it could reuse. mmap_lock keeps faults of the parent out.',
    instead: 'The pinned page is met before anything is shared.',
  },
];
