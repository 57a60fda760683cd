import type { Path } from '../../kernel/path.ts';
import { slotIsDevmap, slotIsHuge, slotIsSwap } from '../../kernel/slot.ts';
import { any } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf } from '../../language/machine.ts';
import { handleMmFault } from './site.ts';

/**
 * __handle_mm_fault() reads the slot into orig_pmd: a huge page, a devmap or a migration is dealt with elsewhere, and neither the
 * break nor the warning is reached. In a scenario without such slots this read decides nothing and is left out.
 */
export const lookAtSlot = ({ k, mm, slot }: Path): Fragment<'next' | 'elsewhere'> => {
  const special = any([slotIsHuge(k, mm, slot), slotIsDevmap(k, mm, slot), slotIsSwap(k, mm, slot)]);
  return fragment({
    site: handleMmFault,
    entry: 'fault_look_at_slot',
    exits: ['next', 'elsewhere'],
    places: {
      fault_look_at_slot: {
        line: 5676,
        says: 'read slot -> orig_pmd: huge, devmap, swap?',
        on: [goIf(special, 'elsewhere'), go('next')],
      },
    },
  });
};
