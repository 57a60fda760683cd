/** What a slot is beside empty or a table: contents that a break must leave alone. */
export const SLOT_KIND = { table: 0, huge: 1, devmap: 2, swap: 3 } as const;

/** What an entry that names a page is. */
export const ENTRY_KIND = { present: 0, swap: 1, protnone: 2 } as const;

/** The states of a table's page. `unlinked`: taken from its last slot and handed to an mmu_gather. */
export const LIFE = { unallocated: 0, fresh: 1, published: 2, unlinked: 3, freed: 4 } as const;
