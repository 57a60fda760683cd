import { type Effect, set, when } from '../language/effect.ts';
import { all, differ, type Expression, minus, type Operand, plus } from '../language/expression.ts';
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
