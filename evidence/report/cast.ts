import { readLocation } from './locations.ts';
import type { ShownTrace } from './unpack.ts';

/** What the picture of a state shows during a whole trace, so that nothing moves from step to step. */
export interface Cast {
  readonly mms: readonly Mm[];
  readonly tables: readonly Table[];
}

interface Mm {
  readonly name: string;
  readonly slots: readonly string[];
  /** Further locations of the mm that change during the trace: its locks, its sequence count. */
  readonly others: readonly string[];
}

interface Table {
  readonly name: string;
  readonly entries: readonly string[];
  /** The locks of the table. */
  readonly lock: string | null;
}

/** Chooses the mms with a slot, and the tables that are in use at some time. */
export function castOf({ initial, steps, varying }: ShownTrace): Cast {
  const all = [...initial.keys()].map((at) => ({ at, ...readLocation(at) }));
  const indexed = (name: string, first: string): readonly string[] =>
    all.filter((l) => l.name === name && l.indices[0] === first).map((l) => l.at);
  const firsts = (name: string): readonly string[] => [
    ...new Set(all.filter((l) => l.name === name).map((l) => l.indices[0] ?? '')),
  ];
  const inUse = (table: string): boolean =>
    steps.some(({ values }) => (values.get(`life[${table}]`) ?? 'published') !== 'unallocated');
  return {
    mms: firsts('slot').map((name) => ({
      name,
      slots: indexed('slot', name),
      others: all
        .filter((l) => varying.has(l.at) && !ghosts.has(l.name) && l.name !== 'slot')
        .filter(
          (l) => l.indices.length === 1 && (l.indices[0] === name || l.indices[0]!.startsWith(`${name}/`)),
        )
        .map((l) => l.at),
    })),
    tables: firsts('ref')
      .filter(inUse)
      .map((name) => ({
        name,
        entries: indexed('pte', name),
        lock: indexed('ptl', name)[0] ?? null,
      })),
  };
}

/** Bookkeeping of the judges about an mm, which no kernel has: it stands in the list of all values only. */
const ghosts = new Set([
  'open_sections',
  'begun_sections',
  'open_fork_sections',
  'begun_fork_sections',
  'fork_failed',
  'flush_owed',
  'nr_ptes',
]);
