import type { Kernel } from '../kernel/kernel.ts';
import {
  dropMmapRead,
  dropMmapWrite,
  mmapLockHasNoWriter,
  mmapLockIsFree,
  takeMmapRead,
  takeMmapWrite,
} from '../kernel/mmap-lock.ts';
import { type Path, pathOf, pathParameters } from '../kernel/path.ts';
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
import { plain } from './fault/site.ts';
import { type KernelPath, ordinary } from './path.ts';
import { freeSlot } from './zap/free-pgtables.ts';
import { flushAndFree } from './zap/gather.ts';
import { zapLocals } from './zap/locals.ts';
import { zapSlot } from './zap/zap-slot.ts';

const exitTables = 0;

const site = plain('exit_mmap', 'mm/mmap.c');

/** The exit of an mm: its last user has gone; zap all under mmap_lock for read, free the tables under it for write. */
export const exit = (k: Kernel) => {
  const path = pathOf(k, exitTables);
  const { zap, declared } = zapLocals(k);
  const slots = Array.from({ length: k.shape.slots }, (_, s) => s);
  const body = sequence(
    begin(path),
    ...slots.map((s) => zapSlot(path, zap, s)),
    between(path),
    ...slots.map((s) => freeSlot(path, zap, s)),
    named('finish', flushAndFree(path, zap, slots)),
  );
  return machine('exit', wire(body, { next: end(path) }), { locals: declared, parameters: pathParameters });
};

/** mm_users of an mm are its tasks, and who took a reference: its count then falls to 0 for good. */
const lastUserIsGone = (k: Kernel, mm: Operand): Branch<'mmap_read_lock'> => {
  if (k.shape.holders === 0) return goIf(ended('own'), 'mmap_read_lock');
  const users = k.users.at(mm);
  return goIf(both(ended('own'), isUnheld(users)), 'mmap_read_lock', takeWrite(users));
};

const begin = ({ k, mm }: Path): Fragment<'next'> =>
  fragment({
    site,
    entry: 'mmput',
    exits: ['next'],
    places: {
      mmput: {
        site: plain('mmput', 'kernel/fork.c'),
        line: 1240,
        says: 'the last user of the mm is gone',
        on: [lastUserIsGone(k, mm)],
      },
      mmap_read_lock: {
        line: 3278,
        says: 'mmap_read_lock()',
        on: [goIf(mmapLockHasNoWriter(k, mm), 'next', takeMmapRead(k, mm))],
      },
    },
  });

const between = ({ k, mm }: Path): Fragment<'next'> =>
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
        on: [goIf(mmapLockIsFree(k, mm), 'next', takeMmapWrite(k, mm))],
      },
    },
  });

const end = ({ k, mm }: Path): Fragment<never> =>
  fragment({
    site,
    entry: 'mmap_write_unlock',
    exits: ['ended'],
    places: {
      mmap_write_unlock: { line: 3324, says: 'mmap_write_unlock()', on: [go('ended', dropMmapWrite(k, mm))] },
    },
  }) as Fragment<never>;

export const exitPath: KernelPath = {
  ...ordinary,
  name: 'exit',
  build: exit,
  isTask: false,
  requests: 'all-slots',
  exits: true,
};
