import { isCounted } from '../../../model/kernel/page.ts';
import { set } from '../../../model/language/effect.ts';
import { ifElse, literal, minus, NONE } from '../../../model/language/expression.ts';
import { boolean } from '../../../model/language/variable.ts';
import { discard } from '../../../model/threads/zap/discard.ts';
import { freePteRange } from '../../../model/threads/zap/free-pte-range.ts';
import { flushAndFree } from '../../../model/threads/zap/gather.ts';
import type { ZapRequest } from '../../../model/threads/zap/request.ts';
import type { ZapTask } from '../task.ts';
import type { Value } from '../values/value.ts';
import { demandIndex } from './entries.ts';
import { argument } from './pure.ts';
import { type Context, type Performed, step, valued, way } from './step.ts';

/** The mmu_gather of a zap, and the same once pages of this slot may be in it. */
export const GATHER = 'tlb';
export const FILLED_GATHER = 'tlb with pages of the slot';

const done: Value = { k: 'int', e: literal(0), type: boolean, from: null };

/** What only zap_pte_range() does. */
function demandZap(c: Context): ZapTask & { readonly request: ZapRequest } {
  const { task } = c;
  if (task.k === 'zap' && task.request !== null) return { ...task, request: task.request };
  return c.fail('value', `${c.by}() outside of zap_pte_range()`, 'the model has a gather there only');
}

/** The page of an entry leaves the account of the mm: rmap, rss, and its reference by way of the gather. */
export const batchPage = (args: readonly Value[], c: Context): Performed => {
  const { l, request } = demandZap(c);
  const { page } = argument(args, 0, 'pte', 'a pte_t', c);
  const entry = demandIndex(argument(args, 1, 'entry', 'a pte_t *', c), c);
  const counted = ifElse(isCounted(c.k, page), page, NONE);
  return { k: 'along', effects: [set(l.batched(request.slot, entry), counted), set(l.flushDue, 1)] };
};

/** free_swap_and_cache() of an entry. */
export const dropSwap = (args: readonly Value[], c: Context): Performed => {
  const { page } = argument(args, 0, 'pte', 'a pte_t', c);
  const swaps = c.k.swapCount.at(page);
  return step('swap count -1', [], way({ effects: [set(swaps, minus(swaps, 1))] }));
};

/** tlb_flush_mmu(). In the first slot of a request the gather is empty until pages of that slot are in it. */
export const flushGather = (args: readonly Value[], c: Context): Performed => {
  const { l, request } = demandZap(c);
  const { what } = argument(args, 0, 'thing', 'a struct mmu_gather *', c);
  const { before, slot } = request;
  // A table of this slot is in it too where free_pte_range() came before.
  const slots = what === FILLED_GATHER ? [...before, slot] : before;
  if (slots.length === 0) return valued(done);
  const tables = slots.map((s) => [s, 'zap'] as const);
  return { k: 'piece', piece: flushAndFree(c.path, l, { pages: slots, tables }), results: { next: done } };
};

/** free_pte_range(): the table goes to the gather. */
export const gatherTable = (args: readonly Value[], c: Context): Performed => {
  const { l, request } = demandZap(c);
  argument(args, 0, 'slot', 'a pmd_t * into the page tables', c);
  const { slot, entries } = request;
  const piece = freePteRange(c.path, l, slot, 'zap', discard(c.path, slot, entries));
  return { k: 'piece', piece, results: { next: done } };
};
