import { each, type Kernel, LIFE } from '../model/kernel/kernel.ts';
import { netCount } from '../model/kernel/table.ts';
import {
  all,
  any,
  both,
  type Expression,
  equal,
  greater,
  not,
  type Operand,
} from '../model/language/expression.ts';
import { fragment, go, goIf, machine } from '../model/language/machine.ts';
import type { Property } from './property.ts';

/** Where a table stands in its life, told from what can be seen of it. */
type Stage = 'unallocated' | 'fresh' | 'private' | 'shared' | 'last' | 'unlinked' | 'freed';

/** Some slot on the table is write-protected. */
const protectedSomewhere = (k: Kernel, t: Operand): Expression =>
  any(
    each(k.mm, (m) =>
      each(k.slot, (s) => both(equal(k.slotTable.at(m, s), t), not(k.slotWritable.at(m, s)))),
    ).flat(),
  );

const is = (k: Kernel, t: Operand): Record<Stage, Expression> => {
  const published = equal(k.life.at(t), LIFE.published);
  const shared = greater(netCount(k, t), 1);
  return {
    unallocated: equal(k.life.at(t), LIFE.unallocated),
    fresh: equal(k.life.at(t), LIFE.fresh),
    private: all([published, not(shared), not(protectedSomewhere(k, t))]),
    shared: both(published, shared),
    last: all([published, not(shared), protectedSomewhere(k, t)]),
    unlinked: equal(k.life.at(t), LIFE.unlinked),
    freed: equal(k.life.at(t), LIFE.freed),
  };
};

/** Which stages may follow; staying is always allowed. A fresh table that is freed unseen may be handed out again. */
const next: Readonly<Record<Stage, readonly Stage[]>> = {
  unallocated: ['fresh'],
  fresh: ['private', 'unallocated'],
  private: ['shared', 'unlinked'],
  shared: ['last'],
  last: ['private', 'shared', 'unlinked'],
  unlinked: ['freed'],
  freed: [],
};

/** The life of a PTE table as a machine that watches: every step of every thread must be a step that it allows. */
const lifeOf = (k: Kernel, t: number, start: Stage) => {
  const now = is(k, t);
  // A private table stays one while its only user write-protects the slot, as a fork does before it shares the table.
  const alone = both(equal(k.life.at(t), LIFE.published), not(greater(netCount(k, t), 1)));
  const stages = Object.keys(next) as Stage[];
  const place = (stage: Stage) => ({
    line: 5338,
    says: `watch ${k.table.labels[t]}`,
    on: [
      ...(stage === 'private' ? [goIf(alone, stage)] : [goIf(now[stage], stage)]),
      ...next[stage].map((s) => goIf(now[s], s)),
      go('violated' as const),
    ],
  });
  const places = Object.fromEntries(stages.map((s) => [s, place(s)])) as Record<
    Stage,
    ReturnType<typeof place>
  >;
  const life = fragment({
    site: { function: 'life of a PTE table', file: 'mm/memory.c', source: 'v5-04' },
    entry: start,
    places: { ...places, violated: { line: 5338, says: 'a step that a table does not take', on: [] } },
  });
  return machine('life of a table', life, { locals: {}, parameters: [] });
};

export const lifecycle: Property = {
  name: 'lifecycle',
  claim: 'every table lives as the patch says: private, shared, reused or duplicated, unlinked, freed',
  source: { line: 5389, text: 'the words of the patch: shared, duplicated, reused' },
  check: (k) => ({
    monitors: each(k.table, (t) => {
      const initial = t < k.shape.initialTables;
      const start = k.shape.slotAtStart;
      const sharers = each(k.mm, (m) => each(k.slot, (s) => start(m, s)).filter((v) => v.table === t)).flat();
      const stage: Stage = !initial
        ? 'unallocated'
        : sharers.length > 1
          ? 'shared'
          : sharers.some((v) => !v.writable)
            ? 'last'
            : 'private';
      return { id: k.table.labels[t] as string, machine: lifeOf(k, t, stage), parameters: {} };
    }),
  }),
  exercisedBy: [['break reuses the table', 'break installs the new table', 'fork takes a reference']],
};
