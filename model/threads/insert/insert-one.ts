import type { Kernel } from '../../kernel/kernel.ts';
import { pathOf, pathParameters } from '../../kernel/path.ts';
import { machine, wire } from '../../language/machine.ts';
import { locals, type Type } from '../../language/variable.ts';
import type { Edits } from '../../variants/protocol.ts';
import { breakCowPte } from '../break/break-cow-pte.ts';
import { callOfBreak, goesOnUnreported, leavesOnFailure } from '../break/call.ts';
import { breakLocals } from '../break/locals.ts';
import { plain, userFault } from '../fault/site.ts';
import { underMmapRead } from '../mmap-section.ts';
import type { PathOptions } from '../path.ts';
import { startAfter } from '../start.ts';
import { type InsertSites, mapNewEntry } from './map-new-entry.ts';

/** The break's table, and one for an empty slot. */
export const insertTables = 2;

export const insertLocals = (k: Kernel) =>
  ({ ...breakLocals(k), pte: k.tableOrNone, ptl: k.tableOrNone }) satisfies Record<string, Type>;

/** get_locked_pte(), which both functions call after the break. */
export const getLockedPte = { ...plain('__get_locked_pte'), line: 1849 };

/**
 * insert_page() and insert_pfn(), called by the fault handler of a driver under mmap_lock for read: break_cow_pte() without a
 * slot given, its error to the caller, then the one entry.
 */
export const insertOne = (
  name: 'insert-page' | 'insert-pfn',
  k: Kernel,
  edits: Edits,
  options: PathOptions,
  sites: InsertSites,
) => {
  const path = pathOf(k, insertTables);
  const { local: l, declared } = locals(insertLocals(k));
  const { lock, unlock } = underMmapRead(path, userFault, { lock: 1310, unlock: 1366 });
  const mapped = wire(mapNewEntry(path, l, sites), { next: unlock, failed: unlock });
  const posted = () => leavesOnFailure(breakCowPte(path, l, edits));
  const called = goesOnUnreported(
    callOfBreak(name === 'insert-page' ? 'insert_page' : 'insert_pfn', path, edits, posted),
    l,
  );
  const broken = wire(called, { done: mapped, dropped: mapped, left: unlock });
  return machine(name, startAfter(path, options, wire(lock, { next: broken })), {
    locals: declared,
    parameters: pathParameters,
  });
};
