import { useEmptyAddress } from '../../kernel/empty-slot.ts';
import { entryIsNone, readEntry, storeEntry } from '../../kernel/entry.ts';
import type { Path } from '../../kernel/path.ts';
import { isNotFresh, softwareStore } from '../../kernel/pte-lock.ts';
import { notFreed } from '../../kernel/table.ts';
import { assert, when } from '../../language/effect.ts';
import { equal, NONE } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, named, sequence } from '../../language/machine.ts';
import type { BreakLocals } from './locals.ts';
import { BREAK_OPEN } from './section.ts';
import { breakSite } from './site.ts';

const tags = [BREAK_OPEN];
const COPIES = 'break copies an entry';

/** Whether others can see the target of the copy, and whether its address came from a read of the slot, which may be empty. */
export type CopyTarget = 'unseen' | 'published' | 'mapped';

/**
 * P16: entry by entry from the address of P10: test, read again, write. The loop is unrolled.
 * `mapped`: the target's address came from a read of the slot, which may have been empty. */
export const copyEntries = (path: Path, l: BreakLocals, target: CopyTarget): Fragment<'next'> =>
  sequence(
    ...Array.from({ length: path.k.shape.entries }, (_, entry) =>
      named(`entry_${entry}`, copyEntry(path, l, entry, target)),
    ),
  );

const copyEntry = (path: Path, l: BreakLocals, entry: number, target: CopyTarget): Fragment<'next'> => {
  const { k, mm, slot, me } = path;
  const source = [
    notFreed(k, l.src, 'entry read'),
    assert(
      'no-lost-entry',
      equal(l.src, l.cowedTable),
      'the copy reading the table of cowed_entry, {0}',
      'it reads {1}',
      [l.cowedTable, l.src],
    ),
  ];
  const value = { page: l.copyPage, writable: l.copyWritable, kind: l.copyKind };
  return fragment({
    site: breakSite,
    entry: 'copy_test',
    exits: ['next'],
    places: {
      copy_test: {
        line: 5329,
        comment: 5324,
        says: `read entry ${entry} of src_pte: none?`,
        tags,
        on: [
          goIf(equal(l.src, NONE), 'stopped', useEmptyAddress()),
          goIf(entryIsNone(k, l.src, entry), 'next', source),
          go('copy_load', source),
        ],
      },
      copy_load: {
        line: 5331,
        comment: 5324,
        says: `read entry ${entry} of src_pte`,
        tags,
        on: [go('copy_store', source, readEntry(k, l.src, entry, value))],
      },
      copy_store: {
        line: 5331,
        comment: 5324,
        says: `store entry ${entry} of the new table`,
        kinds: target === 'unseen' ? [COPIES] : [COPIES, 'software store'],
        tags,
        on: [
          ...(target === 'mapped' ? [goIf(equal(l.newTable, NONE), 'stopped', useEmptyAddress())] : []),
          go(
            'next',
            when(isNotFresh(k, l.newTable), softwareStore(k, mm, slot, l.newTable, me)),
            storeEntry(k, l.newTable, entry, l.copyPage, l.copyWritable, l.copyKind),
          ),
        ],
      },
    },
  });
};
