import type { Site } from '../../language/machine.ts';

/** Lines of mm/memory.c as patch 04 of the series leaves it. */
export const breakSite: Site = { function: 'handle_cow_pte_fault', file: 'mm/memory.c', source: 'v5-04' };
export const breakCowPteSite: Site = { ...breakSite, function: 'break_cow_pte' };
