import { FAIL, mayFail, spendFailure } from '../../kernel/allocator.ts';
import { maySleep } from '../../kernel/pte-lock.ts';
import { isUnheld } from '../../kernel/rwsem.ts';
import { loadSeq, storeForkSeqBegin, storeForkSeqEnd } from '../../kernel/seqcount.ts';
import { copyVmaGone, slotHasNoVma } from '../../kernel/vma.ts';
import { type Effect, set } from '../../language/effect.ts';
import { type Fragment, fragment, go, goIf, named, STEP, wire } from '../../language/machine.ts';
import { plain } from '../fault/site.ts';
import { copySlot, type ForkOrder, type VmaOfSlot } from './copy-slot.ts';
import type { FallBackLocals, ForkLocals, ForkPath } from './locals.ts';
import { dupMmapSite, pageRangeSite } from './site.ts';

/**
 * One vma of the parent: a new vma that the reverse map finds from here on, then copy_page_range() in its own notifier and write
 * section. A vma that is gone is not copied.
 */
export const copyVma = (
  path: ForkPath,
  l: ForkLocals,
  f: FallBackLocals | null,
  order: ForkOrder,
  vma: VmaOfSlot,
): Fragment<'next' | 'failed'> => {
  const slot = copySlot(path, l, f, order, vma);
  const end = endSection(path, l);
  const inside = wire(slot, {
    next: end,
    failed: wire(named('error', endSection(path, l)), { next: 'failed' }),
  });
  return wire(linkVma(path, vma), {
    copy: wire(beginSection(path, l), { next: inside }),
    failed: 'failed',
    skip: 'next',
  });
};

/**
 * vm_area_dup(), then anon_vma_fork() and the list of the file: each takes its rwsem for write, links, and drops it; nothing
 * else happens under them, so waiting until nobody reads is all that others can tell.
 */
const linkVma = (path: ForkPath, vma: VmaOfSlot): Fragment<'copy' | 'failed' | 'skip'> => {
  const { k, mm, slot, me } = path;
  const isFile = k.shape.fileVmas;
  return fragment({
    site: dupMmapSite,
    entry: 'dup_vma',
    exits: ['copy', 'failed', 'skip'],
    places: {
      dup_vma: {
        line: 652,
        says: 'allocate a vma',
        on: {
          [STEP]: [
            ...(k.shape.unmaps ? [goIf(slotHasNoVma(k, mm, slot), 'skip', inheritVmas(path, vma))] : []),
            go('link_anon_vma', maySleep(k, me), inheritVmas(path, vma)),
          ],
          ...(k.shape.forksMayFail && { [FAIL]: [goIf(mayFail(k), 'failed', spendFailure(k))] }),
        },
      },
      link_anon_vma: {
        site: plain('anon_vma_fork', 'mm/rmap.c'),
        line: 355,
        says: 'the reverse map finds the new vma',
        on: [goIf(isUnheld(k.rmapLock.at()), isFile ? 'link_file' : 'copy')],
      },
      link_file: {
        line: 700,
        says: 'the file finds the new vma',
        on: [goIf(isUnheld(k.iMmapLock.at()), 'copy')],
      },
    },
  });
};

/** The child has the vmas that the parent has. */
const inheritVmas = ({ k, mm, slot, child }: ForkPath, vma: VmaOfSlot): Effect[] => [
  ...copyVmaGone(k, mm, child, slot),
  ...(vma === 'whole' ? [] : [set(k.vmaSplit.at(child, slot), k.vmaSplit.at(mm, slot))]),
];

const beginSection = ({ k, mm, me }: ForkPath, l: ForkLocals): Fragment<'next'> =>
  fragment({
    site: pageRangeSite,
    entry: 'notifier_start',
    exits: ['next'],
    places: {
      notifier_start: {
        line: 1313,
        says: 'mmu notifier start (may sleep)',
        on: [go('load_seq_begin', maySleep(k, me))],
      },
      load_seq_begin: {
        line: 1322,
        says: 'seqcount begin: load',
        on: [go('store_seq_begin', loadSeq(k, mm, l.seqLoaded))],
      },
      store_seq_begin: {
        line: 1322,
        says: 'seqcount begin: store +1',
        kinds: ['seqcount begin', 'fork seqcount begin'],
        on: [go('next', storeForkSeqBegin(k, mm, l.seqLoaded))],
      },
    },
  });

const endSection = ({ k, mm }: ForkPath, l: ForkLocals): Fragment<'next'> =>
  fragment({
    site: pageRangeSite,
    entry: 'load_seq_end',
    exits: ['next'],
    places: {
      load_seq_end: {
        line: 1340,
        says: 'seqcount end: load',
        on: [go('store_seq_end', loadSeq(k, mm, l.seqLoaded))],
      },
      store_seq_end: {
        line: 1340,
        says: 'seqcount end: store +1',
        kinds: ['seqcount end'],
        on: [go('notifier_end', storeForkSeqEnd(k, mm, l.seqLoaded))],
      },
      notifier_end: { line: 1341, says: 'mmu notifier end', on: [go('next')] },
    },
  });
