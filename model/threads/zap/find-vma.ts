import type { Kernel } from '../../kernel/kernel.ts';
import type { Path } from '../../kernel/path.ts';
import { slotHasNoVma, vmaIsGone } from '../../kernel/vma.ts';
import type { Expression, Operand } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, named, wire } from '../../language/machine.ts';
import { plain } from '../fault/site.ts';
import type { PathOptions } from '../path.ts';

/** Whether a request finds no vma at all. */
export const hasNoVma = (k: Kernel, mm: Operand, { slot, entry }: PathOptions): Expression =>
  entry === null ? slotHasNoVma(k, mm, slot) : vmaIsGone(k, mm, slot, entry);

/** What exit does with a slot, unless its vmas were all taken away before. */
export const ifHasVma = ({ k, mm }: Path, slot: number, part: Fragment<'next'>): Fragment<'next'> => {
  if (!k.shape.unmaps) return part;
  const find = fragment({
    site: plain('free_pgtables'),
    entry: 'find_vma',
    exits: ['next', 'found'],
    places: {
      find_vma: {
        line: 410,
        says: 'look for the vmas of the slot',
        on: [goIf(slotHasNoVma(k, mm, slot), 'next'), go('found')],
      },
    },
  });
  return named(`slot_${slot}`, wire(find, { next: 'next', found: part }));
};
