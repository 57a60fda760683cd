import type { Site } from '../../language/machine.ts';
import { plain } from '../fault/site.ts';

/** Lines of mm/memory.c as patch 03 leaves it. */
const patched = (name: string): Site => ({ function: name, file: 'mm/memory.c', source: 'v5-03' });

export const pmdRangeSite = patched('copy_pmd_range');
export const cowRangeSite = patched('copy_cow_pte_range');
export const recoverSite = patched('recover_pte_range');
/** Functions round it that the patch leaves alone. */
export const pageRangeSite = plain('copy_page_range');
export const dupMmapSite = plain('dup_mmap', 'kernel/fork.c');
