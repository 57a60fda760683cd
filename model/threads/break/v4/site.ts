import type { Site } from '../../../language/machine.ts';

/** Lines of mm/memory.c as patch 03 of version 4 leaves it. */
export const v4Site: Site = { function: 'handle_cow_pte_fault', file: 'mm/memory.c', source: 'v4-03' };
