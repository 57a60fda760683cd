import type { Path } from '../../../model/kernel/path.ts';
import { type Expression, literal, not } from '../../../model/language/expression.ts';
import type { ZapRequest } from '../../../model/threads/zap/request.ts';
import type { Context } from '../actions/step.ts';
import type { ZapTask } from '../task.ts';
import { addressOf, firstPage, lastPage, order } from './address.ts';
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

/** The same for a zap: whether its vma covers the whole slot is not known before; what was asked for lies in it. */
export function isInZappedVma(from: Address, to: Address, c: Context): Expression {
  const { request } = c.task as ZapTask;
  const start = addressOf(c.path.slot, firstPage);
  const behind = { ...start, slots: start.slots + 1 };
  if (request && order(from, start, c) === 0 && order(to, behind, c) === 0) {
    if (request.covered !== 'unless-split') return literal(request.covered === 'yes');
    return not(c.k.vmaSplit.at(c.path.mm, c.path.slot));
  }
  if (request) {
    const asked = rangeOf(request, c.path);
    if (order(asked.addr, from, c) <= 0 && order(to, asked.end, c) <= 0) return literal(1);
  }
  return c.fail(
    'value',
    'range_in_vma() of another range than the whole slot',
    'mask its ends with PMD_MASK',
  );
}

/** What a zap was asked for in one slot, as addresses. One that began in the slot before begins at the start of this one. */
export function rangeOf(
  { entries, range }: ZapRequest,
  { k, slot }: Pick<Path, 'k' | 'slot'>,
): { readonly addr: Address; readonly end: Address } {
  const start = addressOf(slot, firstPage);
  const behind: Address = { ...start, slots: start.slots + 1 };
  if (range !== 'part') return { addr: start, end: behind };
  // The second piece of a vma that was cut may have no entry that the model knows.
  if (entries.length === 0) return { addr: { ...start, page: lastPage(k) }, end: behind };
  return {
    addr: { ...start, page: Math.min(...entries) },
    end: { ...start, page: Math.max(...entries) + 1 },
  };
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
