import type { Path } from '../../kernel/path.ts';
import { slotIsDevmap, slotIsHuge, slotIsNone, slotIsSwap, slotIsWritable } from '../../kernel/slot.ts';
import type { Expression } from '../../language/expression.ts';
import { type Branch, counted, type Fragment, fragment, go, goIf } from '../../language/machine.ts';
import { returnsZero } from './returns.ts';
import { breakSite } from './site.ts';

/** P0: five unlocked, separate reads of the slot; each may end the break with 0. */
export const preChecks = (path: Path): Fragment<'next' | 'done'> => {
  const { k, mm, slot } = path;
  const test = <T extends string>(is: Expression, next: T): Branch<T | 'done'>[] => [
    counted(goIf(is, 'done', returnsZero(path)), 'break returns 0'),
    go(next),
  ];
  return fragment({
    site: breakSite,
    entry: 'check_none',
    exits: ['next', 'done'],
    places: {
      check_none: {
        line: 5229,
        comment: 5228,
        says: 'read slot: empty?',
        on: test(slotIsNone(k, mm, slot), 'check_writable'),
      },
      check_writable: {
        line: 5229,
        comment: 5228,
        says: 'read slot: writable?',
        on: test(slotIsWritable(k, mm, slot), 'check_swap'),
      },
      check_swap: {
        line: 5232,
        comment: 5231,
        says: 'read slot: swap?',
        on: test(slotIsSwap(k, mm, slot), 'check_huge'),
      },
      check_huge: {
        line: 5232,
        comment: 5231,
        says: 'read slot: huge?',
        on: test(slotIsHuge(k, mm, slot), 'check_devmap'),
      },
      check_devmap: {
        line: 5232,
        comment: 5231,
        says: 'read slot: devmap?',
        on: test(slotIsDevmap(k, mm, slot), 'next'),
      },
    },
  });
};
