import { plain } from './fault/site.ts';
import { getLockedPte, insertOne, insertTables } from './insert/insert-one.ts';
import type { InsertSites } from './insert/map-new-entry.ts';
import { breakWithRetry, type KernelPath, ordinary } from './path.ts';

const site = plain('insert_pfn');

const sites: InsertSites = {
  map: getLockedPte,
  none: { ...site, line: 2153 },
  get: null,
  store: { ...site, line: 2188 },
  unlock: { ...site, line: 2192 },
  taken: 'left',
};

/** vmf_insert_pfn() from a fault handler: a page frame without a struct page, which nobody counts. */
export const insertPfnPath: KernelPath = {
  ...ordinary,
  name: 'insert-pfn',
  build: (k, edits, options) => insertOne('insert-pfn', k, edits, options, sites),
  tables: () => insertTables,
  page: 'pfn',
  needsEntry: 'hole',
  seqIncrements: breakWithRetry,
};
