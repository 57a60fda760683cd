import type { Value } from '../values/value.ts';
import { readEntry, storeToEntry, takeEntry } from './entries.ts';
import * as entriesOfFork from './fork-entries.ts';
import * as gather from './gather.ts';
import { argument, compute, isPure } from './pure.ts';
import * as sections from './sections.ts';
import * as slots from './slots.ts';
import { type Context, type Performed, valued } from './step.ts';
import * as tables from './tables.ts';

export { compute, isPure };

/** What an action does, given the values it acts on; `copies` reads local variables through their addresses. */
type Action = (args: readonly Value[], c: Context, copies: slots.LocalCopies) => Performed;

const actions: Readonly<Record<string, Action>> = {
  'table of slot': slots.tableOfSlot,
  'demand table': slots.demandTable,
  'entries of slot': slots.entriesOfSlot,
  'lock of slot': slots.lockOfSlot,
  'clear W of slot': slots.clearWritable,
  'take lock': slots.takeLock,
  'drop lock': slots.dropLock,
  'read count': tables.readCount,
  'put unless last': tables.putUnlessLast,
  get: tables.get,
  'copy present entry': entriesOfFork.copyPresent,
  'copy swap entry': entriesOfFork.copySwap,
  'take entry': takeEntry,
  'batch page': gather.batchPage,
  'swap count -1': gather.dropSwap,
  'flush gather': gather.flushGather,
  'table to gather': gather.gatherTable,
  'allocate table': tables.allocate,
  'free table': tables.free,
  'allocate and install': tables.allocateAndInstall,
  'nr_ptes +1': tables.changePtes(1),
  'nr_ptes -1': tables.changePtes(-1),
  'load seqcount': sections.loadSeqcount,
  'begin section': sections.beginSection,
  'end section': sections.endSection,
  'start notifier': sections.startNotifier,
  'end notifier': sections.endNotifier,
  flush: sections.flush,
  yield: sections.yieldOnce,
  'call the OOM killer': sections.callOomKiller,
  'may sleep': sections.sleepAlong,
  'take mutex': sections.takeMutex,
  'drop mutex': sections.dropMutex,
};

const looks = new Set([
  'table of slot',
  'demand table',
  'entries of slot',
  'lock of slot',
  'read count',
  'load',
  'load seqcount',
  'unless',
  'skip if',
  'here',
]);

/** Whether an action leaves anything behind that others, or a later step, could see. */
export const changesSomething = (action: string): boolean => !isPure(action) && !looks.has(action);

/** Whether an action is a step, or a promise in one. */
export const isStep = (action: string): boolean => Object.hasOwn(actions, action);

export const perform = (
  name: string,
  args: readonly Value[],
  c: Context,
  copies: slots.LocalCopies,
): Performed => {
  const action = actions[name];
  if (!action) throw new Error(`the table of primitives names an action '${name}' that does not exist`);
  return action(args, c, copies);
};

/** A read through a pointer. */
export function load(pointer: Value, c: Context, copies: slots.LocalCopies): Performed {
  if (pointer.k === 'ref') return valued(copies.read(pointer));
  if (pointer.k === 'slot') return slots.readSlot(pointer, c);
  return readEntry(argument([pointer], 0, 'entry', 'a pointer to a slot, an entry or a variable', c), c);
}

/** A store through a pointer into shared memory. */
export function store(pointer: Value, value: Value, c: Context): Performed {
  if (pointer.k === 'slot') return slots.storeToSlot(pointer, argument([value], 0, 'pmd', 'a pmd_t', c), c);
  const entry = argument([pointer], 0, 'entry', 'a pointer to a slot, an entry or a variable', c);
  return storeToEntry(entry, argument([value], 0, 'pte', 'a pte_t', c), c);
}
