import type { Path } from '../../../kernel/path.ts';
import { type Fragment, named, relocated, sequence, wire } from '../../../language/machine.ts';
import { pteOffsetMapLock } from '../../fault/map-and-lock.ts';
import { countTest } from '../count-test.ts';
import type { ZapLocals } from '../locals.ts';
import { allEntries, type ZapRequest } from '../request.ts';
import { v4ZapSite } from '../site.ts';
import { zapEntries } from '../zap-entries.ts';
import type { ZapBody } from '../zap-slot.ts';

/** Where the lines that version 4 shares with version 5 stand in its mm/memory.c. */
const v4Lines: Readonly<Record<number, number>> = {
  1692: 1735,
  1694: 1737,
  1762: 1795,
  1782: 1816,
  1821: 1700,
  1823: 1702,
  1824: 1703,
  1827: 1706,
  1840: 1719,
  1864: 1830,
};
const asInV4 = <X extends string>(part: Fragment<X>): Fragment<X> => relocated(part, 'v4-03', v4Lines);

/**
 * zap_pte_range() of version 4 after its tests. The range stays what was asked for; a SHARED table keeps its entries, and the
 * slot keeps the table: free_pmd_range() gives it up, if it is ever called.
 */
export const zapBodyV4 = (path: Path, l: ZapLocals, request: ZapRequest): ZapBody => {
  const { entries: asked, range, slot } = request;
  const entries = range === 'run-on' ? allEntries(path.k.shape.entries) : asked;
  const zap = asInV4(zapEntries(path, l, request, { entries, mayBeShared: true }));
  const body = sequence(
    named('z1', pteOffsetMapLock(path, l, v4ZapSite, 1714)),
    wire(zap, { next: 'next', shared: 'next' }),
  );
  const lock = named('z0', pteOffsetMapLock(path, l, v4ZapSite, 1699));
  return { writable: body, cowed: sequence(lock, asInV4(countTest(path, l, slot)), body) };
};
