import { findsOwnData } from '../kernel/data.ts';
import { entryMapsPage } from '../kernel/entry.ts';
import { type Kernel, LIFE } from '../kernel/kernel.ts';
import { type Path, pathOf, pathParameters } from '../kernel/path.ts';
import { slotIsTable } from '../kernel/slot.ts';
import { assert, type Effect, set } from '../language/effect.ts';
import { both, differ, either, equal, NONE, parameter, type SharedRead } from '../language/expression.ts';
import { counted, type Fragment, fragment, go, goIf, machine } from '../language/machine.ts';
import type { Edits } from '../variants/protocol.ts';
import { plain } from './fault/site.ts';
import { type KernelPath, ordinary, type PathOptions } from './path.ts';
import { startAfter } from './start.ts';

/** What properties ask for: a processor walked a table through its cached slot, and met a mapping there. */
const WALKS = 'processor walks its cached table';
const READS = 'processor reads an entry';

/**
 * A processor that runs the mm in user mode and never writes. It may fill its one-slot paging-structure cache from the slot
 * at any moment, speculatively too; a walk starts at the cached slot and reads the entry from memory; it may forget what it
 * has cached at any moment; it may leave the mm. Kernel code that must be sure sends a flush, whose step empties the cache
 * (flushMm). A read leaves nothing behind: what it would see is judged in the step.
 */
const cpu = (k: Kernel, _edits: Edits, options: PathOptions) => {
  const path = pathOf(k, 0);
  return machine('cpu', startAfter(path, options, userMode(path)), {
    locals: {},
    parameters: pathParameters,
  });
};

const userMode = (path: Path): Fragment<never> => {
  const { k, mm, slot, entry } = path;
  const cached = k.tlb.at(parameter('cpu'));
  const holds = differ(cached, NONE);
  return fragment({
    site: plain('flush_tlb_func', 'arch/x86/mm/tlb.c'),
    entry: 'user_mode',
    exits: ['ended'],
    places: {
      user_mode: {
        line: 767,
        says: '[processor in user mode]',
        on: {
          FILL: [goIf(slotIsTable(k, mm, slot), 'user_mode', set(cached, k.slotTable.at(mm, slot)))],
          READ: [
            counted(
              goIf(
                both(holds, entryMapsPage(k, cached, entry)),
                'user_mode',
                walksLiving(k, cached),
                readsOwn(path, cached),
              ),
              WALKS,
              READS,
            ),
            // Not mapped: the access faults, and nothing was read.
            counted(goIf(holds, 'user_mode', walksLiving(k, cached)), WALKS),
          ],
          DROP: [goIf(holds, 'user_mode', set(cached, NONE))],
          END: [go('ended', set(cached, NONE))],
        },
      },
    },
  }) as Fragment<never>;
};

const walksLiving = (k: Kernel, cached: SharedRead): Effect =>
  assert(
    'tlb-no-freed-walk',
    differ(k.life.at(cached), LIFE.freed),
    'a walk through a table that is not freed',
    '{0} is freed',
    [cached],
  );

const readsOwn = ({ k, mm, slot, entry }: Path, cached: SharedRead): Effect[] => {
  const writer = k.entryWriter.at(cached, entry);
  return [
    assert(
      'tlb-no-foreign-read',
      either(equal(writer, NONE), equal(writer, mm)),
      'an entry that no other mm has written for itself, at a read through the cached slot',
      '{1} has written the entry of {0}',
      [cached, writer],
    ),
    findsOwnData(k, mm, slot, entry, k.entryPage.at(cached, entry)),
  ];
};

export const cpuPath: KernelPath = { ...ordinary, name: 'cpu', build: cpu, party: 'cpu', readsData: true };
