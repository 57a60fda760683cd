import type { Context } from '../actions/step.ts';
import { addressOf, firstPage, order } from './address.ts';
import type { Value } from './value.ts';

type Address = Value & { readonly k: 'address' };
type Vmas = Value & { readonly k: 'vmas' };

/** Where a vma begins and ends. One covers the 2 MiB of the slot; one that was cut is two, with entry 0 alone in the first. */
export function boundsOfVma(
  vma: Value & { readonly k: 'thing' },
  c: Context,
): { readonly vm_start: Address; readonly vm_end: Address } {
  const start = addressOf(c.path.slot, firstPage);
  const cut = { ...start, page: 1 };
  return {
    vm_start: vma.part === 'second' ? cut : start,
    vm_end: vma.part === 'first' ? cut : { ...start, slots: start.slots + 1 },
  };
}

/** range_in_vma(). */
export function isInVma(
  vma: Value & { readonly k: 'thing' },
  from: Address,
  to: Address,
  c: Context,
): boolean {
  const { vm_start, vm_end } = boundsOfVma(vma, c);
  return order(vm_start, from, c) <= 0 && order(to, vm_end, c) <= 0;
}

/** vma_iter_init(): the vmas of the slot that the fork copies; the iterator begins in it. */
export function vmasFrom(mm: Value & { readonly k: 'thing' }, from: Address, c: Context): Vmas {
  if (c.task.k !== 'fork') {
    return c.fail(
      'value',
      'an iterator of vmas outside of fork',
      'the model knows the vmas of a slot in fork only',
    );
  }
  const start = addressOf(c.path.slot, firstPage);
  if (order(from, start, c) !== 0)
    return c.fail(
      'value',
      'an iterator of vmas that begins in the middle of a slot',
      'mask it with PMD_MASK',
    );
  const next = c.task.part === 'whole' ? 'whole' : 'first';
  return { k: 'vmas', next, ...(mm.mm === undefined ? {} : { mm: mm.mm }) };
}

/** Whether for_each_vma_range() finds another vma that begins before the end. */
export function hasVma({ next, mm }: Vmas, end: Address, c: Context): boolean {
  if (next === null) return false;
  return order(boundsOfVma(vmaThing(next, mm), c).vm_start, end, c) < 0;
}

/** The vma that comes next, and the iterator behind it. */
export const nextVma = ({ next, mm }: Vmas): Value => vmaThing(next ?? 'whole', mm);
export const behindVma = (vmas: Vmas): Vmas => ({ ...vmas, next: vmas.next === 'first' ? 'second' : null });

const vmaThing = (part: NonNullable<Vmas['next']>, mm: Vmas['mm']): Value & { readonly k: 'thing' } => ({
  k: 'thing',
  what: 'vma',
  part,
  ...(mm === undefined ? {} : { mm }),
});
