import { SLOT_KIND, type SlotAtStart } from '../model/kernel/kernel.ts';
import { NONE } from '../model/language/expression.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';

/**
 * Which tables exist at the start and where the slots point: one common table per slot number for all mms that share it,
 * one of its own for each private slot.
 */
export function layoutAtStart(scenario: Scenario): {
  readonly tables: number;
  readonly slotAtStart: (mm: number, slot: number) => SlotAtStart;
} {
  let tables = 0;
  const common = new Map<number, number>();
  const slots = scenario.mms.map((mm) =>
    mm.slots.map((content, s): SlotAtStart => {
      if (content === 'none') return { kind: SLOT_KIND.table, table: NONE, writable: 0 };
      if (content === 'private') return { kind: SLOT_KIND.table, table: tables++, writable: 1 };
      const table = common.get(s) ?? tables++;
      common.set(s, table);
      return { kind: SLOT_KIND.table, table, writable: 0 };
    }),
  );
  return {
    tables,
    slotAtStart: (mm, slot) => slots[mm]?.[slot] ?? { kind: SLOT_KIND.table, table: NONE, writable: 0 },
  };
}
