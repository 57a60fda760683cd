import { FAIL, mayFail, spendFailure } from '../kernel/allocator.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { type Path, pathOf, pathParameters } from '../kernel/path.ts';
import { maySleep } from '../kernel/pte-lock.ts';
import { isUnheld } from '../kernel/rwsem.ts';
import { set } from '../language/effect.ts';
import { both } from '../language/expression.ts';
import { type Fragment, fragment, go, goIf, machine, STEP, wire } from '../language/machine.ts';
import { locals } from '../language/variable.ts';
import type { Edits } from '../variants/protocol.ts';
import { breakCowPte } from './break/break-cow-pte.ts';
import { callOfBreak, goesOnUnreported, leavesOnFailure } from './break/call.ts';
import { breakLocals } from './break/locals.ts';
import { plain } from './fault/site.ts';
import { underMmapWrite } from './mmap-section.ts';
import { breakWithRetry, type KernelPath, ordinary, type PathOptions } from './path.ts';
import { startAfter } from './start.ts';

const splitTables = 1;

/** __split_vma() in the middle of the slot, as mprotect(2) of a part does it: break_cow_pte(), its error to the caller. */
const splitVma = (k: Kernel, edits: Edits, options: PathOptions) => {
  const path = pathOf(k, splitTables);
  const { local: l, declared } = locals(breakLocals(k));
  const { lock, unlock } = underMmapWrite(path, plain('do_mprotect_pkey', 'mm/mprotect.c'), {
    lock: 702,
    unlock: 812,
  });
  const cut = wire(cutVma(path), { next: unlock, failed: unlock });
  const posted = () => leavesOnFailure(breakCowPte(path, l, edits));
  const called = goesOnUnreported(callOfBreak('__split_vma', path, edits, posted), l);
  const broken = wire(called, { done: cut, dropped: cut, left: unlock });
  return machine('split-vma', startAfter(path, options, wire(lock, { next: broken })), {
    locals: declared,
    parameters: pathParameters,
  });
};

/**
 * The new vma, then the bounds of both. __vma_adjust() changes them under the anon_vma lock and, for a file, i_mmap, both for
 * write; nothing else happens under them that another thread could see, so taking, changing and dropping are one step.
 */
export const cutVma = ({ k, mm, slot, me }: Path): Fragment<'next' | 'failed'> =>
  fragment({
    site: plain('__split_vma', 'mm/mmap.c'),
    entry: 'dup_vma',
    exits: ['next', 'failed'],
    places: {
      dup_vma: {
        line: 2371,
        says: 'allocate a vma',
        on: {
          [STEP]: [go('adjust_vma', maySleep(k, me))],
          [FAIL]: [goIf(mayFail(k), 'failed', spendFailure(k))],
        },
      },
      adjust_vma: {
        line: 2400,
        says: 'cut the vma in two',
        on: [
          goIf(
            k.shape.fileVmas
              ? both(isUnheld(k.rmapLock.at()), isUnheld(k.iMmapLock.at()))
              : isUnheld(k.rmapLock.at()),
            'next',
            set(k.vmaSplit.at(mm, slot), 1),
          ),
        ],
      },
    },
  });

export const splitVmaPath: KernelPath = {
  ...ordinary,
  name: 'split-vma',
  build: splitVma,
  tables: () => splitTables,
  seqIncrements: breakWithRetry,
  splitsVma: 'always',
};
