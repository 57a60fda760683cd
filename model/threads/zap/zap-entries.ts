import { useEmptyAddress } from '../../kernel/empty-slot.ts';
import { entryIsNone, storeEntry } from '../../kernel/entry.ts';
import type { Path } from '../../kernel/path.ts';
import { dropPteLock, softwareStore } from '../../kernel/pte-lock.ts';
import { notFreed } from '../../kernel/table.ts';
import { set } from '../../language/effect.ts';
import { equal, type LocalRead, NONE } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, named, sequence } from '../../language/machine.ts';
import type { ZapLocals } from './locals.ts';
import { zapSite } from './site.ts';

/**
 * Z1, under the lock: every present entry is taken out of this mm's account and batched for the gather. A normal zap clears
 * the entry; a SHARED one leaves it for the other sharers.
 */
export const zapEntries = (path: Path, l: ZapLocals, slot: number): Fragment<'next' | 'shared'> => {
  const { k, mm } = path;
  const unlock = fragment({
    site: zapSite,
    entry: 'zap_unlock',
    exits: ['next', 'shared'],
    places: {
      zap_unlock: {
        line: 1864,
        says: 'spin_unlock(ptl)',
        on: [goIf(l.shared, 'shared', dropPteLock(k, mm, l.ptl)), go('next', dropPteLock(k, mm, l.ptl))],
      },
    },
  });
  const entries = Array.from({ length: k.shape.entries }, (_, e) =>
    named(`entry_${e}`, zapEntry(path, l, slot, e)),
  );
  return sequence<'shared'>(...entries, unlock);
};

const zapEntry = ({ k, mm, me }: Path, l: ZapLocals, slot: number, entry: number): Fragment<'next'> => {
  const batched = l.batched[slot]?.[entry] as LocalRead;
  const read = [notFreed(k, l.pte, 'entry read'), set(l.zapPage, k.entryPage.at(l.pte, entry))];
  return fragment({
    site: zapSite,
    entry: 'read_entry',
    exits: ['next'],
    places: {
      read_entry: {
        line: 1840,
        says: `read entry ${entry}`,
        on: [
          goIf(equal(l.pte, NONE), 'stopped', useEmptyAddress()),
          goIf(entryIsNone(k, l.pte, entry), 'next', notFreed(k, l.pte, 'entry read')),
          goIf(l.shared, 'reread_entry', read),
          go('clear_entry', read),
        ],
      },
      reread_entry: {
        line: 1692,
        site: { function: 'zap_present_pte' },
        says: `read entry ${entry} again, leave it`,
        on: [go('next', read, set(batched, l.zapPage))],
      },
      clear_entry: {
        line: 1694,
        site: { function: 'zap_present_pte' },
        says: `clear entry ${entry}`,
        kinds: ['software store'],
        on: [
          go(
            'next',
            set(batched, k.entryPage.at(l.pte, entry)),
            softwareStore(k, mm, slot, l.pte, me),
            storeEntry(k, l.pte, entry, NONE, 0),
          ),
        ],
      },
    },
  });
};
