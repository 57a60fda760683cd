import { acquire, type Effect, release, set, when } from '../language/effect.ts';
import {
  all,
  differ,
  type Expression,
  equal,
  minus,
  NONE,
  type Operand,
  plus,
} from '../language/expression.ts';
import type { Kernel } from './kernel.ts';

/**
 * Whether the kernel counts references of mappings to a page: not for the zero page and raw page frames, for which
 * vm_normal_page() yields none.
 */
export const isCounted = (k: Kernel, page: Operand): Expression =>
  all(k.shape.uncountedPages.map((p) => differ(page, p)));

/** get_page(), if the page is a counted one. */
export const getPage = (k: Kernel, page: Operand): readonly Effect[] =>
  when(isCounted(k, page), [set(k.pageCount.at(page), plus(k.pageCount.at(page), 1))]);

/** put_page(), if the page is a counted one. */
export const putPage = (k: Kernel, page: Operand): readonly Effect[] =>
  when(isCounted(k, page), [set(k.pageCount.at(page), minus(k.pageCount.at(page), 1))]);

/** The lock bit of a page: whoever reads a page in, or maps one of a cache, holds it round the pte lock. */
export const pageIsUnlocked = (k: Kernel, page: Operand): Expression => equal(k.pageLock.at(page), NONE);
export const lockPage = (k: Kernel, page: Operand, me: Operand): Effect => acquire(k.pageLock.at(page), me);
export const unlockPage = (k: Kernel, page: Operand): Effect => release(k.pageLock.at(page), NONE);

/** SetPageAnonExclusive(): the page is the mm's alone. Only a fork that may meet a pinned page asks. */
export const markExclusive = (k: Kernel, page: Operand): readonly Effect[] =>
  k.shape.pinnedForks ? [set(k.exclusive.at(page), 1)] : [];
