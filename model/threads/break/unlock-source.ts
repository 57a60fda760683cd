import type { Path } from '../../kernel/path.ts';
import { dropPteLock, pmdLockOf, sourceLockIsInTable } from '../../kernel/pte-lock.ts';
import { notFreed } from '../../kernel/table.ts';
import { type Effect, release } from '../../language/effect.ts';
import { NONE } from '../../language/expression.ts';
import { type Fragment, fragment, go } from '../../language/machine.ts';
import type { BreakLocals } from './locals.ts';
import { BREAK_OPEN } from './section.ts';
import { breakSite } from './site.ts';

const tags = [BREAK_OPEN];

/** Where an unlock stands, and what else its first step does. */
export interface UnlockAt {
  readonly name: string;
  readonly line: number;
  readonly comment: number;
  readonly effects?: readonly Effect[];
}

/**
 * spin_unlock(src_ptl). A protocol that looks the slot up under the pmd lock drops that one too, as the second step, or as
 * the only one where it is the pte lock itself.
 */
export const unlockSource = (path: Path, l: BreakLocals, at: UnlockAt): Fragment<'next'> => {
  const { k, mm } = path;
  const { line, comment, effects = [] } = at;
  const pmd = `${at.name}_pmd`;
  const dropPmd = {
    line,
    comment,
    says: 'spin_unlock() of the pmd lock',
    tags,
    on: [go('next' as const, sourceLockIsInTable(k) ? [] : effects, release(pmdLockOf(k, mm), NONE))],
  };
  if (k.shape.slotUnderPmdLock && !sourceLockIsInTable(k)) {
    return fragment({ site: breakSite, entry: pmd, exits: ['next'], places: { [pmd]: dropPmd } });
  }
  const drop = k.shape.slotUnderPmdLock
    ? [notFreed(k, l.srcPtl, 'unlock'), release(k.ptl.at(l.srcPtl), NONE)]
    : dropPteLock(k, mm, l.srcPtl);
  return fragment({
    site: breakSite,
    entry: at.name,
    exits: ['next'],
    places: {
      [at.name]: {
        line,
        comment,
        says: 'spin_unlock(src_ptl)',
        tags,
        on: [go(k.shape.slotUnderPmdLock ? pmd : 'next', effects, drop)],
      },
      ...(k.shape.slotUnderPmdLock && { [pmd]: dropPmd }),
    },
  });
};
