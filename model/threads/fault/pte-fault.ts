import { derefEmptySlot, useEmptyAddress } from '../../kernel/empty-slot.ts';
import { entryIs, entryIsNone, readEntry } from '../../kernel/entry.ts';
import { ENTRY_KIND } from '../../kernel/kernel.ts';
import { isCounted } from '../../kernel/page.ts';
import type { Path } from '../../kernel/path.ts';
import { dropPteLock, isFree, lockIsInTable, lockOf, takePteLock } from '../../kernel/pte-lock.ts';
import { slotIsNone, slotIsTable } from '../../kernel/slot.ts';
import { notFreed } from '../../kernel/table.ts';
import { set } from '../../language/effect.ts';
import { equal, NONE, not } from '../../language/expression.ts';
import { divert, type Fragment, fragment, go, goIf, wire } from '../../language/machine.ts';
import type { Edits } from '../../variants/protocol.ts';
import { doAnonymousPageRead } from './anonymous-read.ts';
import { doAnonymousPageWrite } from './anonymous-write.ts';
import type { FaultKind } from './fault-kind.ts';
import type { FaultLocals } from './locals.ts';
import { doNumaPage } from './numa-page.ts';
import { doReadFault } from './read-file.ts';
import { handlePteFault as site } from './site.ts';
import { doSwapPage } from './swap-page.ts';
import { doWpPage } from './wp-page.ts';

type Goal = 'wp' | 'zero' | 'none' | 'swap' | 'numa' | 'done';

/**
 * handle_pte_fault(). Where the slot or the entry changed under it, it returns and the faulting instruction is run again:
 * one fault is one thread, so the path ends there.
 */
export const handlePteFault = (
  path: Path,
  l: FaultLocals,
  edits: Edits,
  fault: FaultKind,
): Fragment<'done' | 'failed'> => {
  const wp = fault.access === 'read' ? null : doWpPage(path, l, fault.access);
  return wire(lookAtEntry(path, l, fault), {
    wp: wp ? wp.normal : 'done',
    zero: wp ? wp.zero : 'done',
    none: whereNone(path, l, fault),
    swap: fault.meets === 'swap' ? doSwapPage(path, l, edits) : 'done',
    numa: fault.meets === 'protnone' ? doNumaPage(path, l) : 'done',
    done: 'done',
  });
};

/** The entry is none: do_anonymous_page(), or do_fault() in a vma with vm_ops. */
const whereNone = (path: Path, l: FaultLocals, { access, vma }: FaultKind): Fragment<'done' | 'failed'> => {
  if (vma === 'file') return doReadFault(path, l);
  return access === 'write' ? doAnonymousPageWrite(path, l) : doAnonymousPageRead(path, l);
};

const lookAtEntry = (path: Path, l: FaultLocals, { access, meets }: FaultKind): Fragment<Goal> => {
  const { k, mm, slot, entry, me } = path;
  const table = k.slotTable.at(mm, slot);
  const orig = { page: l.origPage, writable: l.origWritable, kind: l.origKind };
  const kind = k.entryKind.at(l.pte, entry);
  const read = [notFreed(k, l.pte, 'entry read'), ...readEntry(k, l.pte, entry, orig)];
  const same = notFreed(k, l.pte, 'entry read');
  const split = lockIsInTable(k);
  const body = fragment<string, Goal>({
    site,
    entry: 'fault_check_none',
    exits: ['wp', 'zero', 'none', 'swap', 'numa', 'done'],
    places: {
      fault_check_none: {
        line: 5502,
        says: 'read slot: empty?',
        on: [goIf(slotIsNone(k, mm, slot), 'none'), go('fault_check_unstable')],
      },
      fault_check_unstable: {
        line: 5524,
        says: 'read slot: a table?',
        on: [goIf(slotIsTable(k, mm, slot), 'fault_map'), go('done')],
      },
      fault_map: { line: 5532, says: 'read slot -> pte', on: [go('fault_read_entry', set(l.pte, table))] },
      fault_read_entry: {
        line: 5533,
        says: 'read entry -> orig_pte',
        on: [
          goIf(equal(l.pte, NONE), 'stopped', useEmptyAddress()),
          goIf(entryIsNone(k, l.pte, entry), 'none', notFreed(k, l.pte, 'entry read')),
          ...(meets === 'swap' ? [goIf(equal(kind, ENTRY_KIND.swap), 'swap', read)] : []),
          ...(meets === 'protnone' ? [goIf(equal(kind, ENTRY_KIND.protnone), 'numa', read)] : []),
          go(split ? 'fault_lockptr' : 'fault_lock', read),
        ],
      },
      fault_lockptr: {
        line: 5569,
        says: 'read slot -> ptl',
        on: [
          goIf(equal(table, NONE), 'stopped', derefEmptySlot('pte_lockptr')),
          go('fault_lock', set(l.ptl, table)),
        ],
      },
      fault_lock: {
        line: 5570,
        says: 'spin_lock(ptl)',
        kinds: ['pte lock taken'],
        on: [goIf(isFree(lockOf(k, mm, l.ptl)), 'fault_same', takePteLock(k, mm, l.ptl, me))],
      },
      fault_same: {
        line: 5572,
        says: 'read entry: still orig_pte?',
        on: [
          goIf(not(entryIs(k, l.pte, entry, orig)), 'fault_unlock', same),
          // Only the Accessed bit would be set, and the Dirty bit of an entry that is writable already.
          ...(access === 'read' ? [] : [goIf(not(l.origWritable), 'wp', same)]),
          go('fault_unlock', same),
        ],
      },
      fault_unlock: { line: 5591, says: 'spin_unlock(ptl)', on: [go('done', dropPteLock(k, mm, l.ptl))] },
    },
  });
  if (access === 'read' || k.shape.uncountedPages.length === 0) return body;
  return divert(body, 'wp', not(isCounted(k, l.origPage)), 'zero');
};
