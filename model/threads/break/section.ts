import type { Path } from '../../kernel/path.ts';
import { maySleep } from '../../kernel/pte-lock.ts';
import { loadSeq, storeSeqBegin, storeSeqEnd } from '../../kernel/seqcount.ts';
import { freeUnpublished } from '../../kernel/table.ts';
import { acquire, release, set, when } from '../../language/effect.ts';
import { equal, NONE, not } from '../../language/expression.ts';
import { type Fragment, fragment, go, goIf, sequence } from '../../language/machine.ts';
import type { Edits } from '../../variants/protocol.ts';
import type { BreakLocals } from './locals.ts';
import { judgedAtReturn } from './returns.ts';
import { breakSite } from './site.ts';

type Next = Fragment<'next'>;
/** A break is open from its first step past the pre-checks until it returns. */
export const BREAK_OPEN = 'break open';
const tags = [BREAK_OPEN];

const notifierStart = ({ k, me }: Path): Next =>
  fragment({
    site: breakSite,
    entry: 'notifier_start',
    exits: ['next'],
    places: {
      notifier_start: {
        line: 5247,
        comment: 5241,
        says: 'mmu notifier start (may sleep)',
        tags,
        on: [go('next', maySleep(k, me))],
      },
    },
  });

/** v5-seq-serialised: a mutex of the mm, from before the load of begin to after the store of end. */
const lockSections = ({ k, mm, me }: Path): Next =>
  fragment({
    site: breakSite,
    entry: 'lock_seq_mutex',
    exits: ['next'],
    places: {
      lock_seq_mutex: {
        line: 5248,
        says: 'lock the mutex of the write sections',
        tags,
        on: [goIf(equal(k.seqMutex.at(mm), NONE), 'next', maySleep(k, me), acquire(k.seqMutex.at(mm), me))],
      },
    },
  });
const unlockSections = ({ k, mm }: Path): Next =>
  fragment({
    site: breakSite,
    entry: 'unlock_seq_mutex',
    exits: ['next'],
    places: {
      unlock_seq_mutex: {
        line: 5366,
        says: 'unlock the mutex of the write sections',
        tags,
        on: [go('next', release(k.seqMutex.at(mm), NONE))],
      },
    },
  });

const beginSection = ({ k, mm }: Path, l: BreakLocals): Next =>
  fragment({
    site: breakSite,
    entry: 'load_seq_begin',
    exits: ['next'],
    places: {
      load_seq_begin: {
        line: 5248,
        says: 'seqcount begin: load',
        tags,
        on: [go('store_seq_begin', loadSeq(k, mm, l.seqLoaded))],
      },
      store_seq_begin: {
        line: 5248,
        says: 'seqcount begin: store +1',
        kinds: ['seqcount begin'],
        tags,
        on: [go('next', storeSeqBegin(k, mm, l.seqLoaded))],
      },
    },
  });

const endSection = ({ k, mm }: Path, l: BreakLocals): Next =>
  fragment({
    site: breakSite,
    entry: 'load_seq_end',
    exits: ['next'],
    places: {
      load_seq_end: {
        line: 5366,
        says: 'seqcount end: load',
        tags,
        on: [go('store_seq_end', loadSeq(k, mm, l.seqLoaded))],
      },
      store_seq_end: {
        line: 5366,
        says: 'seqcount end: store +1',
        kinds: ['seqcount end'],
        tags,
        on: [go('next', storeSeqEnd(k, mm, l.seqLoaded))],
      },
    },
  });

/** P1 and P2: the notifier and the write section are opened. */
export const openSections = (path: Path, l: BreakLocals, { seqcount }: Edits): Next =>
  sequence(
    notifierStart(path),
    ...(seqcount === 'serialised' ? [lockSections(path)] : []),
    ...(seqcount === 'none' ? [] : [beginSection(path, l)]),
  );

/** OUT: both are closed, an unused table is freed, the function returns. */
export const closeSections = (
  path: Path,
  l: BreakLocals,
  { seqcount, leakNewTable }: Edits,
): Fragment<'done' | 'failed'> => {
  const { k } = path;
  const leave = when(not(l.failed), judgedAtReturn(path));
  const ending = fragment({
    site: breakSite,
    entry: 'notifier_end',
    exits: ['next', 'done', 'failed'],
    places: {
      notifier_end: {
        line: 5367,
        says: 'mmu notifier end',
        kinds: ['break returns'],
        tags,
        on: [
          ...(leakNewTable ? [] : [goIf(not(equal(l.newTable, NONE)), 'free_new_table')]),
          goIf(l.failed, 'failed'),
          go('done', leave),
        ],
      },
      free_new_table: {
        line: 5370,
        says: 'free the new table',
        kinds: ['table freed unpublished'],
        tags,
        on: [go('done', freeUnpublished(k, l.newTable), set(l.newTable, NONE), leave)],
      },
    },
  });
  return sequence<'done' | 'failed'>(
    ...(seqcount === 'none' ? [] : [endSection(path, l)]),
    ...(seqcount === 'serialised' ? [unlockSections(path)] : []),
    ending,
  ) as Fragment<'done' | 'failed'>;
};
