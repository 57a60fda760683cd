import { plain } from './fault/site.ts';
import { getLockedPte, insertOne, insertTables } from './insert/insert-one.ts';
import type { InsertSites } from './insert/map-new-entry.ts';
import { breakWithRetry, type KernelPath, ordinary } from './path.ts';

const into = plain('insert_page_into_pte_locked');

const sites: InsertSites = {
  map: getLockedPte,
  none: { ...into, line: 1863 },
  get: { ...into, line: 1866 },
  store: { ...into, line: 1869 },
  unlock: { ...plain('insert_page'), line: 1896 },
  taken: 'left',
};

/** vm_insert_page() from a fault handler: a page of the driver, which is counted. An entry that is taken is -EBUSY. */
export const insertPagePath: KernelPath = {
  ...ordinary,
  name: 'insert-page',
  build: (k, edits, options) => insertOne('insert-page', k, edits, options, sites),
  tables: () => insertTables,
  page: 'inserted',
  needsEntry: 'hole',
  seqIncrements: breakWithRetry,
};
