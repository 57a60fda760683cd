import type { Kernel } from '../../../model/kernel/kernel.ts';
import type { Path } from '../../../model/kernel/path.ts';
import { type Operand, plus } from '../../../model/language/expression.ts';
import type { Context } from '../actions/step.ts';
import type { Value } from './value.ts';

type Address = Value & { readonly k: 'address' };

/** One page before entry 0 stands for all that are there, and one behind the last entry: they are holes of every table. */
export const firstPage = -1;
export const lastPage = ({ shape }: Pick<Kernel, 'shape'>): number => shape.entries;

/** An address in a slot, or (null) somewhere in it. A slot that is a number counts from slot 0. */
export const addressOf = (slot: Path['slot'], page: number | null): Address =>
  typeof slot === 'number'
    ? { k: 'address', slot: 0, slots: slot, page }
    : { k: 'address', slot, slots: 0, page };

/** The pmd_t * of an address. */
export const slotAt = ({ slot, slots }: Address): Value => ({ k: 'slot', slot: slotNumber(slot, slots) });

const slotNumber = (slot: Operand, slots: number): Operand => {
  if (slots === 0) return slot;
  return typeof slot === 'number' ? slot + slots : plus(slot, slots);
};

/** The address moved by a number of slots and pages; a slot has as many pages as the model has entries, and a hole on each side. */
export function moved(address: Address, slots: number, pages: number, c: Context): Address {
  if (pages !== 0 && address.page === null) {
    return c.fail('value', 'arithmetic on an address whose page is not known', 'mask it with PMD_MASK first');
  }
  const size = lastPage(c.k) - firstPage + 1;
  const page = address.page === null ? null : address.page + pages;
  const carry = page === null ? 0 : Math.floor((page - firstPage) / size);
  return {
    ...address,
    slots: address.slots + slots + carry,
    page: page === null ? null : page - carry * size,
  };
}

/** pmd_addr_end(): the beginning of the next slot, but not past the end. */
export function endOfSlot(address: Address, end: Address, c: Context): Value {
  const next: Address = { ...address, slots: address.slots + 1, page: firstPage };
  return order(next, end, c) < 0 ? next : end;
}

/** Below, at or above 0 as one address is below, at or above another. */
export function order(a: Address, b: Address, c: Context): number {
  if (JSON.stringify(a.slot) !== JSON.stringify(b.slot)) {
    return c.fail(
      'value',
      'a comparison of addresses in slots that are not known',
      'compare addresses of one range',
    );
  }
  if (a.slots !== b.slots) return a.slots - b.slots;
  if (a.page === null || b.page === null) {
    return c.fail(
      'value',
      'a comparison of addresses whose pages are not known',
      'mask them with PMD_MASK first',
    );
  }
  return a.page - b.page;
}
