import type { Finding } from './finding.ts';
import { besideExit, forkBesideGup, twoBreakers } from './scenarios.ts';

/** The pte lock is found through a slot that can move on before the lock is taken. */
export const locks: readonly Finding[] = [
  {
    id: 'freed-lock',
    title: 'A break takes the lock of a table that is already freed',
    kind: 'corruption',
    protocol: 'v5',
    shown: { scenario: besideExit[0]!, property: 'no-use-after-free' },
    covers: [{ scenarios: besideExit, properties: ['no-use-after-free'] }],
    lines: 'mm/memory.c:5254-5256 and 5287-5289',
    edits: ['slotUnderPmdLock'],
    explanation:
      'The lock is looked up through the slot and taken later. Page faults hold mmap_lock for read only, so another thread of the mm can complete a break in between: it installs a new table and puts the old one. If the other sharer then exits, the old table is freed, and the first thread spins on a lock word in a freed page.',
    instead:
      'The slot is read once, under the pmd lock, and whoever changes a slot holds the pmd lock too. While the lock is held this mm keeps its reference, so the table and its lock exist.',
  },
  {
    id: 'wrong-lock-same-value',
    title: 'A slot is stored to under the lock of another table, with the value it has',
    kind: 'harmless',
    protocol: 'v5',
    shown: { scenario: 'two breaks in A beside an idle B', property: 'right-lock-for-slot' },
    covers: [{ scenarios: twoBreakers, properties: ['right-lock-for-slot'] }],
    lines: 'mm/memory.c:5254-5259 and 5287-5300',
    edits: ['slotUnderPmdLock'],
    explanation:
      'The same look-up, without an exit: the late thread gets the lock of the old table, while its slot has moved on to the new one. It finds count 1 through the slot and stores the slot again, writable, as it is already. Nothing changes. The promise that the pte lock protects the slot is broken all the same: the lock held is not the one of the table whose slot is stored to. The trace says "same value" where this is all that happens.',
    instead: 'The same section under the pmd lock. A slot that somebody else has dealt with ends the break.',
  },
  {
    id: 'read-through-old-table',
    title: 'A walk that does not break uses a table that its mm has left',
    kind: 'corruption',
    protocol: 'v5',
    shown: {
      scenario: 'GUP-slow and a write-fault in A beside the exit of B',
      property: 'no-use-after-free',
    },
    covers: [
      {
        scenarios: ['GUP-slow and a write-fault in A beside the exit of B'],
        properties: ['no-use-after-free', 'reads-own-data'],
      },
      {
        scenarios: ['GUP-slow in A beside a write-fault in A and one in B'],
        properties: ['reads-own-data'],
      },
    ],
    lines: 'mm/gup.c:573-574, made unsafe by mm/memory.c:5348',
    edits: ['slotUnderPmdLock'],
    explanation:
      'pte_offset_map_lock() reads the slot and then takes the lock, and does not look again. Before the patch a slot could not change to another table under mmap_lock. Now a break exchanges it. The walk locks the table that the mm has left: it returns the page that was there before the own write, or touches a freed table.',
    instead:
      'Every pte_offset_map_lock() reads the slot under the pmd lock and takes the pte lock before it drops that. (Reading the slot again after the lock would need the table to be freed by RCU.)',
  },
  {
    id: 'entry-in-old-table',
    title: 'An anonymous read fault stores its entry into the table that the mm has left',
    kind: 'corruption',
    protocol: 'v5',
    shown: {
      scenario: 'an anonymous read fault beside a write-fault in A',
      property: 'no-foreign-write',
    },
    covers: [
      {
        scenarios: ['an anonymous read fault beside a write-fault in A'],
        properties: ['right-lock-for-entry', 'no-foreign-write'],
      },
    ],
    lines: 'mm/memory.c:4232, made unsafe by mm/memory.c:5348',
    edits: ['slotUnderPmdLock', 'everyFaultBreaks'],
    explanation:
      'pte_offset_map_lock() reads the slot twice, for the lock and for the address. A break between the reads gives the lock of one table and the entries of the other. The zero page goes into a table of somebody else, and is missing in the own one.',
    instead: 'One read under the pmd lock; and the fault breaks first, so that it finds a private table.',
  },
  {
    id: 'fork-wrong-lock',
    title: 'Fork stores entries of one table under the lock of another',
    kind: 'corruption',
    protocol: 'v5',
    shown: { scenario: forkBesideGup, property: 'right-lock-for-entry' },
    covers: [{ scenarios: [forkBesideGup], properties: ['right-lock-for-entry'] }],
    lines: 'mm/memory.c:1000, the reads of the slot in copy_cow_pte_range()',
    edits: ['forkInOneSection'],
    explanation:
      'Fork reads the slot for the address of the entries and again for the lock. A reverse-map break needs no mmap_lock and can exchange the table in between. Fork then reads and writes back entries of the old table while another mm, which holds that lock, changes them.',
    instead: 'Fork reads the slot once, under the pmd lock and the lock of the table.',
  },
];
