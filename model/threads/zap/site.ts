import type { Site } from '../../language/machine.ts';

/** Lines of mm/memory.c as patch 05 leaves it. */
export const zapSite: Site = { function: 'zap_pte_range', file: 'mm/memory.c', source: 'v5-05' };
export const freeSite: Site = { function: 'free_pmd_range', file: 'mm/memory.c', source: 'v5-05' };
