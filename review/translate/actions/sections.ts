import { loadSeq, storeSeqBegin, storeSeqEnd } from '../../../model/kernel/seqcount.ts';
import { flushCanEnd, flushMm } from '../../../model/kernel/tlb.ts';
import type { Effect } from '../../../model/language/effect.ts';
import { greater, type LocalRead } from '../../../model/language/expression.ts';
import type { Value } from '../values/value.ts';
import { argument } from './pure.ts';
import { promiseToSleep } from './sleep.ts';
import { type Context, type Performed, step, way } from './step.ts';

/** The counter must be write_protect_seq, and the mm the thread's own. */
function refuseOther(args: readonly Value[], c: Context): void {
  const { what } = argument(args, 0, 'thing', 'a seqcount', c);
  if (what !== 'write_protect_seq')
    c.fail('value', 'another seqcount than write_protect_seq', 'the model keeps only that one');
}

export const loadSeqcount = (args: readonly Value[], c: Context): Performed => {
  refuseOther(args, c);
  const loaded = c.local('value', c.k.seqValue);
  const half = c.by.endsWith('end') ? 'end' : 'begin';
  return step(
    `seqcount ${half}: load`,
    [],
    way({
      effects: [loadSeq(c.k, c.path.mm, loaded)],
      result: { k: 'int', e: loaded, type: c.k.seqValue, from: null },
    }),
  );
};

const loadedOf = (args: readonly Value[], c: Context): LocalRead => {
  const { e } = argument(args, 1, 'int', 'the value that was loaded', c);
  return e as LocalRead;
};

export const beginSection = (args: readonly Value[], c: Context): Performed =>
  step(
    'seqcount begin: store +1',
    ['seqcount begin'],
    way({ effects: storeSeqBegin(c.k, c.path.mm, loadedOf(args, c)) }),
  );

/** An end without a begin leaves the counter odd and no section open. */
export const endSection = (args: readonly Value[], c: Context): Performed => {
  const [store, closed] = storeSeqEnd(c.k, c.path.mm, loadedOf(args, c)) as [Effect, Effect];
  return step(
    'seqcount end: store +1',
    ['seqcount end'],
    way({ guard: greater(c.k.sections.at(c.path.mm), 0), effects: [store, closed] }),
    way({ effects: [store] }),
  );
};

/** A step that touches nothing others could see; it may sleep. */
const sleeping =
  (says: string, ...kinds: readonly string[]) =>
  (_: readonly Value[], c: Context): Performed =>
    step(says, kinds, way({ promises: [promiseToSleep(c)] }));

export const startNotifier = sleeping('mmu notifier start (may sleep)');
export const endNotifier = (): Performed => step('mmu notifier end', [], way({}));
export const yieldOnce = sleeping('schedule_timeout(): yields, does not wait', 'break tries again');
export const callOomKiller = sleeping('out_of_memory()', 'OOM killer called');

/** cond_resched() and the like: nothing but the promise that no spin lock is held. */
export const sleepAlong = (_: readonly Value[], c: Context): Performed => ({
  k: 'along',
  effects: [promiseToSleep(c)],
});

/** The mutex round the OOM killer excludes nobody that the model has. */
export const takeMutex = (args: readonly Value[], c: Context): Performed => {
  const { what } = argument(args, 0, 'thing', 'a mutex of the kernel', c);
  if (what !== 'oom_lock') c.fail('value', 'a mutex that the model does not have', 'known: oom_lock');
  return sleepAlong(args, c);
};
export const dropMutex = (): Performed => ({ k: 'along', effects: [] });

export const flush = (_: readonly Value[], c: Context): Performed =>
  step(
    'flush_tlb_range() of the 2 MiB',
    ['flush'],
    way({ guard: flushCanEnd(c.k, c.path.mm), effects: flushMm(c.k, c.path.mm) }),
  );
