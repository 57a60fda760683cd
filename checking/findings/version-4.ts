import type { Finding } from './finding.ts';

const scenario = 'two write-faults in A beside an idle B';
const explanation =
  'Version 4 empties the slot and then allocates into it, in sight of the whole mm. It asserts mmap_lock for write, and page faults hold it for read. A second fault of A comes by while the slot is empty.';
const instead =
  'Version 5 makes the new table in private, and exchanges the slot with one store. In version 5 the same two faults never see an empty slot: see the list of what holds.';

/** The review of version 4 asked what stops another fault from stumbling over the emptied slot. */
export const version4: readonly Finding[] = [
  {
    id: 'v4-emptied-slot',
    title: 'Version 4: another fault stumbles over the emptied slot',
    kind: 'corruption',
    protocol: 'v4',
    shown: { scenario, property: 'no-empty-slot-deref' },
    covers: [{ scenarios: [scenario], properties: ['no-empty-slot-deref'] }],
    lines: 'v4-03, mm/memory.c:5296',
    edits: [],
    explanation: `${explanation} It has tested the slot before, and now applies pmd_page() to an empty value.`,
    instead,
  },
  {
    id: 'v4-empty-table',
    title: 'Version 4: another fault fills the emptied slot',
    kind: 'corruption',
    protocol: 'v4',
    shown: { scenario, property: 'no-foreign-write' },
    covers: [{ scenarios: [scenario], properties: ['no-foreign-write', 'no-lost-entry', 'no-table-leak'] }],
    lines: 'v4-03, mm/memory.c:5296 and 5320',
    edits: [],
    explanation: `${explanation} It installs an empty table, and the entries of the old one are copied into that, or into another one: what one fault has written is lost, and the count of the old table goes wrong for the other sharer.`,
    instead,
  },
];
