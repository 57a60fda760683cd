import { isOwnData } from '../kernel/data.ts';
import { entryIs, entryMapsPage, readEntry } from '../kernel/entry.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { isCounted } from '../kernel/page.ts';
import { type Path, pathOf, pathParameters } from '../kernel/path.ts';
import { loadSeq } from '../kernel/seqcount.ts';
import { readSlot } from '../kernel/slot.ts';
import { notFreed } from '../kernel/table.ts';
import { assert, type Effect, set } from '../language/effect.ts';
import {
  both,
  differ,
  equal,
  greater,
  minus,
  modulo,
  NONE,
  not,
  parameter,
  plus,
} from '../language/expression.ts';
import { counted, type Fragment, fragment, go, goIf, machine, sequence } from '../language/machine.ts';
import { boolean, type Locals, locals, type Type } from '../language/variable.ts';
import type { Edits } from '../variants/protocol.ts';
import { plain } from './fault/site.ts';
import { type KernelPath, ordinary, type PathOptions } from './path.ts';
import { startAfter } from './start.ts';

/** What properties ask for: get_user_pages_fast() returned a pin. */
const PINS = 'gup-fast returns a pin';

const gupLocals = (k: Kernel) =>
  ({
    /** The seqcount at the first read. */
    seq: k.seqValue,
    /** What was read of the slot and of the entry; the page is that of the pin while one is held. */
    table: k.tableOrNone,
    writable: boolean,
    page: k.pageOrNone,
    pageWritable: boolean,
    pageKind: k.entryKind.type,
    pinned: boolean,
    // For the properties only: what was true at the first read, and of the entry when it was read for the last time.
    openAtFirst: boolean,
    forkOpenAtFirst: boolean,
    begunAtFirst: k.sectionsBegun.type,
    forkBegunAtFirst: k.forkSectionsBegun.type,
    foreign: boolean,
  }) satisfies Record<string, Type>;

type GupLocals = Locals<keyof ReturnType<typeof gupLocals>>;

/**
 * get_user_pages_fast() with FOLL_PIN, one page, for reading. No lock is taken: interrupts off keep the tables alive, a second
 * look at slot and entry after the reference was taken tells whether they were still in use, and write_protect_seq whether
 * somebody write-protected them meanwhile. W of the slot is not looked at. gup_must_unshare(), which refuses an anonymous
 * page that is not exclusive, is not modelled.
 */
const gupFast = (k: Kernel, _edits: Edits, options: PathOptions) => {
  const path = pathOf(k, 0);
  const { local, declared } = locals(gupLocals(k));
  const body = sequence<never>(
    readFirst(path, local),
    walk(path, local),
    check(path, local),
  ) as Fragment<never>;
  return machine('gup-fast', startAfter(path, options, body), {
    locals: declared,
    parameters: pathParameters,
  });
};

const site = plain('lockless_pages_from_mm', 'mm/gup.c');
const walkSite = plain('gup_pte_range', 'mm/gup.c');

const readFirst = ({ k, mm }: Path, l: GupLocals): Fragment<'next'> =>
  fragment({
    site,
    entry: 'read_seq',
    exits: ['next', 'ended'],
    places: {
      read_seq: {
        line: 3003,
        says: 'read write_protect_seq: odd?',
        on: [
          goIf(equal(modulo(k.seq.at(mm), 2), 1), 'ended'),
          go(
            'irq_off',
            loadSeq(k, mm, l.seq),
            set(l.openAtFirst, greater(k.sections.at(mm), 0)),
            set(l.forkOpenAtFirst, greater(k.forkSections.at(mm), 0)),
            set(l.begunAtFirst, k.sectionsBegun.at(mm)),
            set(l.forkBegunAtFirst, k.forkSectionsBegun.at(mm)),
          ),
        ],
      },
      irq_off: {
        line: 3019,
        says: 'interrupts off',
        on: [go('next', set(k.irqsOff.at(parameter('gup')), 1))],
      },
    },
  }) as Fragment<'next'>;

const walk = ({ k, mm, slot, entry }: Path, l: GupLocals): Fragment<'next'> => {
  const count = k.pageCount.at(l.page);
  const value = { page: l.page, writable: l.pageWritable, kind: l.pageKind };
  const read = notFreed(k, l.table, 'entry read');
  const slotSame = both(
    equal(k.slotTable.at(mm, slot), l.table),
    equal(k.slotWritable.at(mm, slot), l.writable),
  );
  return fragment({
    site: walkSite,
    entry: 'gup_read_slot',
    exits: ['next'],
    places: {
      gup_read_slot: {
        site: plain('gup_pmd_range', 'mm/gup.c'),
        line: 2839,
        says: 'read slot: a table?',
        on: [
          goIf(equal(k.slotTable.at(mm, slot), NONE), 'next'),
          go('gup_read_entry', readSlot(k, mm, slot, l)),
        ],
      },
      gup_read_entry: {
        line: 2459,
        says: 'read entry: a page?',
        on: [
          // The zero page and raw page frames are marked special, and not for it.
          goIf(
            not(both(entryMapsPage(k, l.table, entry), isCounted(k, k.entryPage.at(l.table, entry)))),
            'next',
            read,
          ),
          go('gup_grab_page', read, readEntry(k, l.table, entry, value)),
        ],
      },
      // The additions of try_grab_folio() in one. The other 1023 of a pin only a fork tells from nothing.
      gup_grab_page: {
        line: 2484,
        says: 'page refcount +1 unless 0',
        on: [
          goIf(equal(count, 0), 'next'),
          go('gup_recheck_slot', set(count, plus(count, 1)), pin(k, l), set(l.pinned, 1)),
        ],
      },
      gup_recheck_slot: {
        line: 2493,
        says: 'read slot: still the same?',
        on: [goIf(slotSame, 'gup_recheck_entry'), go('gup_drop_page')],
      },
      gup_recheck_entry: {
        line: 2494,
        says: 'read entry: still the same?',
        on: [
          goIf(
            entryIs(k, l.table, entry, value),
            'next',
            read,
            set(l.foreign, not(isOwnData(k, mm, slot, entry, l.page))),
          ),
          go('gup_drop_page', read),
        ],
      },
      gup_drop_page: {
        line: 2495,
        says: 'page refcount -1',
        on: [go('next', set(count, minus(count, 1)), unpin(k, l), set(l.pinned, 0))],
      },
    },
  });
};

const check = ({ k, mm }: Path, l: GupLocals): Fragment<never> => {
  const count = k.pageCount.at(l.page);
  return fragment({
    site,
    entry: 'irq_on',
    exits: ['ended'],
    places: {
      // Without a pin the second read of the seqcount decides nothing and is left out.
      irq_on: {
        line: 3021,
        says: 'interrupts on',
        on: [
          goIf(l.pinned, 'reread_seq', set(k.irqsOff.at(parameter('gup')), 0)),
          go('ended', set(k.irqsOff.at(parameter('gup')), 0)),
        ],
      },
      reread_seq: {
        line: 3028,
        says: 'read write_protect_seq: unchanged?',
        on: [goIf(differ(k.seq.at(mm), l.seq), 'unpin'), counted(go('put_pin', succeeds(k, mm, l)), PINS)],
      },
      unpin: {
        line: 3029,
        says: 'page refcount -1',
        on: [go('ended', set(count, minus(count, 1)), unpin(k, l))],
      },
      put_pin: {
        site: plain('unpin_user_page', 'mm/gup.c'),
        line: 266,
        says: 'the pin is dropped: page refcount -1',
        on: [go('ended', set(count, minus(count, 1)), unpin(k, l))],
      },
    },
  }) as Fragment<never>;
};

/** How many pins a page has is kept where a fork may ask for it. */
const pin = (k: Kernel, { page }: GupLocals): readonly Effect[] =>
  k.shape.pinnedForks ? [set(k.pins.at(page), plus(k.pins.at(page), 1))] : [];
const unpin = (k: Kernel, { page }: GupLocals): readonly Effect[] =>
  k.shape.pinnedForks ? [set(k.pins.at(page), minus(k.pins.at(page), 1))] : [];

/** The promises about a pin that is returned, judged with its last check. */
const succeeds = (k: Kernel, mm: Path['mm'], l: GupLocals): Effect[] => [
  assert(
    'gup-no-overlap',
    both(not(l.openAtFirst), equal(k.sectionsBegun.at(mm), l.begunAtFirst)),
    'no write section open at the first read of a successful pin, none begun before its last check',
    'sections open at the first read: {0}; begun by then {1}, by the last check {2}',
    [l.openAtFirst, l.begunAtFirst, k.sectionsBegun.at(mm)],
  ),
  assert(
    'gup-no-fork-overlap',
    both(not(l.forkOpenAtFirst), equal(k.forkSectionsBegun.at(mm), l.forkBegunAtFirst)),
    'no section of a fork open at the first read of a successful pin, none begun before its last check',
    'sections open at the first read: {0}; begun by then {1}, by the last check {2}',
    [l.forkOpenAtFirst, l.forkBegunAtFirst, k.forkSectionsBegun.at(mm)],
  ),
  assert('reads-own-data', not(l.foreign), 'the pin on the last write of the mm', 'it is on {0}', [l.page]),
];

export const gupFastPath: KernelPath = {
  ...ordinary,
  name: 'gup-fast',
  build: gupFast,
  party: 'gup',
  readsData: true,
};
