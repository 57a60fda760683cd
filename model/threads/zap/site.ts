import type { Site } from '../../language/machine.ts';

/** Lines of mm/memory.c as patch 05 leaves it. */
export const zapSite: Site = { function: 'zap_pte_range', file: 'mm/memory.c', source: 'v5-05' };
export const freeSite: Site = { function: 'free_pmd_range', file: 'mm/memory.c', source: 'v5-05' };
/** The same as patch 03 of version 4 leaves it. */
export const v4ZapSite: Site = { ...zapSite, source: 'v4-03' };
export const v4FreeSite: Site = { ...freeSite, source: 'v4-03' };
