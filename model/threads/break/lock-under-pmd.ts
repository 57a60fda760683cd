import type { Path } from '../../kernel/path.ts';
import { isFree, pmdLockOf, sourceLockIsInTable } from '../../kernel/pte-lock.ts';
import { slotIsTable, slotIsWritable } from '../../kernel/slot.ts';
import { notFreed } from '../../kernel/table.ts';
import { acquire, release, set } from '../../language/effect.ts';
import { both, NONE, not } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf } from '../../language/machine.ts';
import type { BreakLocals } from './locals.ts';
import type { LockLines } from './lock-source.ts';
import { judgedUnderLock } from './returns.ts';
import { BREAK_OPEN } from './section.ts';
import { breakSite } from './site.ts';

const tags = [BREAK_OPEN];

/**
 * The corrected way to the lock of the old table: under the pmd lock the slot cannot move on, so the table it names keeps this
 * mm's reference and its lock exists. Both are held until the slot has been changed. A slot that somebody else has dealt with
 * in the meantime ends the break.
 */
export const lockUnderPmd = (path: Path, l: BreakLocals, at: LockLines): Fragment<'next' | 'out'> => {
  const { k, mm, slot, me } = path;
  const pmd = pmdLockOf(k, mm);
  const table = k.slotTable.at(mm, slot);
  const cowed = both(slotIsTable(k, mm, slot), not(slotIsWritable(k, mm, slot)));
  const inTable = sourceLockIsInTable(k);
  return fragment({
    site: breakSite,
    entry: 'lock_src_pmd',
    exits: ['next', 'out'],
    places: {
      lock_src_pmd: {
        line: at.map,
        says: 'pmd_lock()',
        kinds: inTable ? [] : ['pte lock taken'],
        tags,
        on: [goIf(isFree(pmd), 'lookup_src', acquire(pmd, me))],
      },
      lookup_src: {
        line: at.lockptr,
        says: 'read slot -> src_pte, src_ptl: COW-ed?',
        tags,
        on: [
          goIf(cowed, inTable ? 'lock_src' : 'next', set(l.src, table), set(l.srcPtl, table)),
          go('unlock_done_pmd'),
        ],
      },
      lock_src: {
        line: at.lock,
        says: 'spin_lock(src_ptl)',
        kinds: ['pte lock taken'],
        tags,
        on: [
          goIf(
            isFree(k.ptl.at(l.srcPtl)),
            'next',
            notFreed(k, l.srcPtl, 'lock'),
            acquire(k.ptl.at(l.srcPtl), me),
          ),
        ],
      },
      unlock_done_pmd: {
        line: at.lock,
        says: 'spin_unlock() of the pmd lock',
        tags,
        on: [go('out', judgedUnderLock(path), release(pmd, NONE))],
      },
    },
  });
};
