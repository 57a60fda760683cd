import { each, type Kernel } from '../kernel/kernel.ts';
import {
  dropMmapRead,
  dropMmapWrite,
  mmapLockHasNoWriter,
  mmapLockIsFree,
  takeMmapRead,
  takeMmapWrite,
} from '../kernel/mmap-lock.ts';
import { type Path, pathOf, pathParameters } from '../kernel/path.ts';
import { maySleep } from '../kernel/pte-lock.ts';
import { isUnheld, takeWrite } from '../kernel/rwsem.ts';
import { both, ended, type Operand } from '../language/expression.ts';
import {
  type Branch,
  type Fragment,
  fragment,
  go,
  goIf,
  machine,
  named,
  sequence,
  wire,
} from '../language/machine.ts';
import type { Edits } from '../variants/protocol.ts';
import { plain } from './fault/site.ts';
import { breakWithRetry, type KernelPath, ordinary, type PathOptions } from './path.ts';
import { droppedFailure } from './zap/dropped-failure.ts';
import { ifHasVma } from './zap/find-vma.ts';
import { freeSlot } from './zap/free-pgtables.ts';
import { everything, flushAndFree } from './zap/gather.ts';
import { type ZapLocals, zapLocals } from './zap/locals.ts';
import { afterGrace } from './zap/table-page.ts';
import { unlinkVma } from './zap/unlink-vma.ts';
import { breaksOfZap, zapRange } from './zap/zap-range.ts';

const site = plain('exit_mmap', 'mm/mmap.c');

/** The exit of an mm: its last user has gone. */
const exit = (k: Kernel, edits: Edits, options: PathOptions) => {
  const path = pathOf(k, breaksOfZap(k.shape, options, 'all-slots'));
  const { zap, declared } = exitLocals(k, options);
  const body = wire(begin(path), { next: exitMmap(path, zap, edits, options), ended: 'ended' });
  return machine('exit', body, { locals: declared, parameters: pathParameters });
};

/** What exit_mmap() needs. */
export const exitLocals = (k: Kernel, options: PathOptions) =>
  zapLocals(k, { slots: each(k.slot, (s) => s), breaks: breaksOfZap(k.shape, options, 'all-slots') > 0 });

/** exit_mmap(): zap all under mmap_lock for read, free the tables under it for write. */
export const exitMmap = (path: Path, zap: ZapLocals, edits: Edits, options: PathOptions): Fragment<never> => {
  const slots = each(path.k.slot, (s) => s);
  // Corrected, exit gives up a COW-ed table as a whole: all of its vmas go away.
  const covered = options.vmasAreSplit && !edits.zapInOneSection ? 'unless-split' : 'yes';
  const ranges = slots.map((slot) =>
    zapRange(path, zap, edits, {
      slot,
      entry: null,
      covered,
      before: slots.slice(0, slot),
      goesAway: true,
      findsVmas: true,
      afterEach: [],
    }),
  );
  const body = sequence(
    lockForRead(path),
    ...ranges,
    between(path),
    ...slots.map((s) => named(`unlink_${s}`, ifHasVma(path, s, unlinkVma(path, s)))),
    ...slots.map((s) => ifHasVma(path, s, freeSlot(path, zap, edits, s))),
    named('finish', flushAndFree(path, zap, everything(slots, edits))),
  );
  const end = wire(unlock(path, zap, edits), { next: afterGrace(path, zap, slots) });
  return wire(body, { next: end });
};

/** mm_users of an mm are its tasks, and who took a reference: its count then falls to 0 for good. */
const lastUserIsGone = (k: Kernel, mm: Operand): Branch<'next'> => {
  if (k.shape.holders === 0) return goIf(ended('own'), 'next');
  const users = k.users.at(mm);
  return goIf(both(ended('own'), isUnheld(users)), 'next', takeWrite(users));
};

/** An mm whose fork failed is gone already. */
const neverWas = (k: Kernel, mm: Operand): Branch<'ended'>[] =>
  k.shape.forksMayFail ? [goIf(k.forkFailed.at(mm), 'ended')] : [];

const begin = ({ k, mm }: Path): Fragment<'next' | 'ended'> =>
  fragment({
    site,
    entry: 'mmput',
    exits: ['next', 'ended'],
    places: {
      mmput: {
        site: plain('mmput', 'kernel/fork.c'),
        line: 1240,
        says: 'the last user of the mm is gone',
        on: [...neverWas(k, mm), lastUserIsGone(k, mm)],
      },
    },
  });

const lockForRead = ({ k, mm, me }: Path): Fragment<'next'> =>
  fragment({
    site,
    entry: 'mmap_read_lock',
    exits: ['next'],
    places: {
      mmap_read_lock: {
        line: 3278,
        says: 'mmap_read_lock()',
        on: [goIf(mmapLockHasNoWriter(k, mm), 'next', maySleep(k, me), takeMmapRead(k, mm))],
      },
    },
  });

const between = ({ k, mm, me }: Path): Fragment<'next'> =>
  fragment({
    site,
    entry: 'mmap_read_unlock',
    exits: ['next'],
    places: {
      mmap_read_unlock: {
        line: 3294,
        says: 'mmap_read_unlock()',
        on: [go('mmap_write_lock', dropMmapRead(k, mm))],
      },
      mmap_write_lock: {
        line: 3301,
        says: 'mmap_write_lock()',
        on: [goIf(mmapLockIsFree(k, mm), 'next', maySleep(k, me), takeMmapWrite(k, mm))],
      },
    },
  });

const unlock = ({ k, mm }: Path, l: ZapLocals, edits: Edits): Fragment<'next'> =>
  fragment({
    site,
    entry: 'mmap_write_unlock',
    exits: ['next'],
    places: {
      mmap_write_unlock: {
        line: 3324,
        says: 'mmap_write_unlock()',
        on: [go('next', dropMmapWrite(k, mm), droppedFailure(l, edits))],
      },
    },
  });

export const exitPath: KernelPath = {
  ...ordinary,
  name: 'exit',
  build: exit,
  tables: (config, options) => breaksOfZap(config, options, 'all-slots'),
  seqIncrements: (config, options) => breaksOfZap(config, options, 'all-slots') * breakWithRetry(),
  isTask: false,
  requests: 'all-slots',
  exits: true,
};
