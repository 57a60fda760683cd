import { ENTRY_KIND, each, type Kernel } from '../model/kernel/kernel.ts';
import { any, both, differ, type Expression, equal, NONE, sum } from '../model/language/expression.ts';
import { condition } from './condition.ts';
import type { Property, ScenarioFacts } from './property.ts';

/** How many entries name the page and are of one of the kinds, as all mms that have not exited see them through their slots. */
const entriesNaming = (k: Kernel, facts: ScenarioFacts, page: number, kinds: readonly number[]): Expression =>
  sum(
    each(k.mm, (m) =>
      facts.exits[m]
        ? []
        : each(k.slot, (s) => {
            const table = k.slotTable.at(m, s);
            return each(k.entry, (e) => {
              const kind = k.entryKind.at(table, e);
              const named = both(
                equal(k.entryPage.at(table, e), page),
                any(kinds.map((x) => equal(kind, x))),
              );
              return both(differ(table, NONE), named);
            });
          }).flat(),
    ).flat(),
  );

/** Tables that the mm has, by its slots. */
const tablesOf = (k: Kernel, mm: number): Expression =>
  sum(each(k.slot, (s) => differ(k.slotTable.at(mm, s), NONE)));

const kindsThat = (k: Kernel, ...kinds: readonly number[]): number[] =>
  k.shape.specialEntries ? [...kinds] : kinds.filter((kind) => kind === ENTRY_KIND.present);

export const accounting: Property = {
  name: 'accounting',
  claim:
    'at the end references, swap counts and nr_ptes are what slots and entries map, and nothing for an exited mm',
  source: {
    line: 5267,
    text: 'every sharer has been accounted for at fork, so that a break only clones the table',
  },
  check: (k, facts) => ({
    atEnd: [
      ...each(k.page, (p) => {
        if (k.shape.uncountedPages.includes(p)) return [];
        const name = k.page.labels[p];
        const mappings = entriesNaming(k, facts, p, kindsThat(k, ENTRY_KIND.present, ENTRY_KIND.protnone));
        const swapped = entriesNaming(k, facts, p, kindsThat(k, ENTRY_KIND.swap));
        return [
          condition(
            equal(k.pageCount.at(p), mappings),
            `at the end as many references on ${name} as entries map it, {1}`,
            '{0}',
            [k.pageCount.at(p), mappings],
          ),
          condition(
            equal(k.swapCount.at(p), swapped),
            `at the end a swap count of ${name} as high as entries hold it, {1}`,
            '{0}',
            [k.swapCount.at(p), swapped],
          ),
        ];
      }).flat(),
      ...each(k.mm, (m) => {
        const tables = facts.exits[m] ? 0 : tablesOf(k, m);
        return condition(
          equal(k.nrPtes.at(m), tables),
          `at the end nr_ptes of ${k.mm.labels[m]} equal to its tables, {1}`,
          '{0}',
          [k.nrPtes.at(m), tables],
        );
      }),
    ],
  }),
  exercisedBy: [
    [
      'software store',
      'zap puts the table',
      'table unlinked',
      'fault installs an empty table',
      'fork shares the table',
    ],
  ],
};
