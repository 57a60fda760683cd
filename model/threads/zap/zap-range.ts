import { each } from '../../kernel/kernel.ts';
import type { Path } from '../../kernel/path.ts';
import { slotHasNoVma, vmaIsGone } from '../../kernel/vma.ts';
import { all, type Expression, literal } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, named, sequence, wire } from '../../language/machine.ts';
import type { Configuration } from '../../scenarios/scenario.ts';
import type { Edits } from '../../variants/protocol.ts';
import { plain } from '../fault/site.ts';
import type { PathOptions } from '../path.ts';
import type { ZapLocals } from './locals.ts';
import type { ZapRequest } from './request.ts';
import { zapSlot } from './zap-slot.ts';

/** How a caller walks the vmas of one slot. */
export interface ZapRange {
  readonly slot: number;
  /** The one entry asked for; null for the whole 2 MiB. */
  readonly entry: number | null;
  /** Whether the vma, or what the caller has cut out of it, covers the 2 MiB. */
  readonly covered: ZapRequest['covered'];
  readonly before: readonly number[];
  /** The vmas of the slot go away for good: exit, and munmap of all of it. */
  readonly goesAway: boolean;
  /** The caller still has to find the vmas; munmap has them in its hands. */
  readonly findsVmas: boolean;
  /** What is done after each vma. */
  readonly afterEach: readonly Fragment<'next'>[];
}

/** How often a path may break on the way: its pool must hold a table for each. */
export const breaksOfZap = (
  { slots }: Pick<Configuration, 'slots'>,
  { entry, slot, vmasAreSplit }: PathOptions,
  asks: 'one-slot' | 'all-slots',
): number => {
  const perSlot = vmasAreSplit ? pieces : 0;
  if (asks === 'all-slots') return slots * perSlot;
  // A corrected zap breaks wherever the vma stays.
  if (entry === null) return Math.max(1, perSlot);
  return Math.max(1, Number(vmasAreSplit) + Number(slot + 1 < slots));
};

/** The slots that a request of one slot may come to. */
export const slotsOfZap = (
  { slots }: Pick<Configuration, 'slots'>,
  { entry, slot }: PathOptions,
): readonly number[] => (entry !== null && slot + 1 < slots ? [slot, slot + 1] : [slot]);

/** A vma that was cut is zapped as two pieces: that of entry 0 and that of the others, if there are any. */
const pieces = 2;

/** The part of a request that lies in one slot, vma by vma. */
export const zapRange = (path: Path, l: ZapLocals, edits: Edits, range: ZapRange): Fragment<'next'> => {
  const { slot, entry, covered, before, afterEach } = range;
  const name = `zap_${slot}`;
  if (entry !== null) {
    const first = zapSlot(path, l, edits, {
      slot,
      entries: [entry],
      range: 'part',
      covered,
      before,
      goesAway: false,
    });
    const widened = slot + 1 < path.k.shape.slots ? runOn(path, l, edits, range) : 'next';
    return sequence(wire(named(name, first), { next: 'next', widened }), ...afterEach);
  }
  const entries = each(path.k.entry, (e) => e);
  const whole = zapSlot(path, l, edits, {
    slot,
    entries,
    range: 'whole',
    covered: 'yes',
    before,
    goesAway: range.goesAway,
  });
  const one = sequence(wire(named(name, whole), { next: 'next', widened: 'next' }), ...afterEach);
  const { k, mm } = path;
  const gone = range.findsVmas ? slotHasNoVma(k, mm, slot) : literal(0);
  if (covered === 'yes' && !(range.findsVmas && k.shape.unmaps)) return one;
  const find = fragment({
    site: plain('unmap_vmas'),
    entry: 'find_vma',
    exits: ['next', 'one', 'cut'],
    places: {
      find_vma: {
        line: 1729,
        says: 'look for the vmas of the slot',
        on: [
          goIf(gone, 'next'),
          ...(covered === 'yes' ? [] : [goIf(k.vmaSplit.at(mm, slot), 'cut' as const)]),
          go('one'),
        ],
      },
    },
  });
  const cut = covered === 'yes' ? one : zapPieces(path, l, edits, range);
  return wire(named(name, find), { next: 'next', one, cut });
};

/**
 * zap_pmd_range() stops when the address equals the end of the request, which lies behind it now: it goes on in the next
 * slot, which the vma does not cover, from its first entry on. There the end is never met either; what lies behind the table is
 * not modelled, so the walk ends with it.
 */
const runOn = (path: Path, l: ZapLocals, edits: Edits, { slot, before }: ZapRange): Fragment<'next'> => {
  const request: ZapRequest = {
    slot: slot + 1,
    entries: [],
    range: 'run-on',
    covered: 'no',
    goesAway: false,
    before: [...before, slot],
  };
  const zap = zapSlot(path, l, edits, request);
  return wire(named(`run_on_${slot + 1}`, zap), { next: 'next', widened: 'next' });
};

/** Piece by piece: none of them covers the 2 MiB. */
const zapPieces = (path: Path, l: ZapLocals, edits: Edits, range: ZapRange): Fragment<'next'> => {
  const { k, mm } = path;
  const { slot, before, findsVmas, afterEach } = range;
  const others = each(k.entry, (e) => e).slice(1);
  const piece = (n: number, entries: readonly number[]): Fragment<'next'> => {
    const gone: Expression =
      findsVmas && entries.length > 0 ? all(entries.map((e) => vmaIsGone(k, mm, slot, e))) : literal(0);
    const find = fragment({
      site: plain('unmap_vmas'),
      entry: 'find_piece',
      exits: ['next', 'zap'],
      places: {
        find_piece: {
          line: 1729,
          says: `look for piece ${n} of the vma`,
          on: [goIf(gone, 'next'), go('zap')],
        },
      },
    });
    const zap = zapSlot(path, l, edits, {
      slot,
      entries,
      range: 'part',
      covered: 'no',
      before,
      goesAway: false,
    });
    const zapped = sequence(wire(zap, { next: 'next', widened: 'next' }), ...afterEach);
    return named(`piece_${slot}_${n}`, wire(find, { next: 'next', zap: zapped }));
  };
  return sequence(piece(0, [0]), piece(1, others));
};
