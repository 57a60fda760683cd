import { type Effect, set, when } from '../language/effect.ts';
import { greater, minus, type Operand } from '../language/expression.ts';
import type { Kernel } from './kernel.ts';

/** swap_free() of one entry: an entry that nobody uses any more is complained of and left at 0 (_swap_info_get() in mm/swapfile.c). */
export const freeSwap = (k: Kernel, page: Operand): readonly Effect[] =>
  when(greater(k.swapCount.at(page), 0), [set(k.swapCount.at(page), minus(k.swapCount.at(page), 1))]);
