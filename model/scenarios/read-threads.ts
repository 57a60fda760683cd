import type { Field } from './field.ts';
import { everMembers, forkTargets, isFork } from './fork-targets.ts';
import { type Configuration, type Mm, type PathName, pathNames, type ThreadOfScenario } from './scenario.ts';

const mostThreads = 10;
/** Paths that a request can narrow to one entry, and those that move something to another slot. */
const narrowed: ReadonlySet<string> = new Set(['munmap', 'madvise-dontneed', 'truncate', 'mremap']);
const moves: ReadonlySet<string> = new Set(['mremap']);
/** Paths that reach a forked child's tables from outside, so that they need not wait for the whole fork. */
const fromOutside: ReadonlySet<string> = new Set(['rmap-walk', 'rmap-break', 'truncate', 'speculative-ref']);

/** Reads the list of threads and checks it against the mms and the configuration. */
export function readThreads(
  field: Field,
  mms: readonly Mm[],
  config: Configuration,
): readonly ThreadOfScenario[] {
  const list = field.list();
  if (list.length < 1 || list.length > mostThreads) {
    field.fail('limit', `${list.length} threads; a scenario has 1 to ${mostThreads}`);
  }
  const threads = list.map((thread) => readThread(thread, mms, config));
  threads.forEach((thread, i) => {
    if (thread.run !== 'exit') return;
    const earlier = threads.findIndex((other) => other.run === 'exit' && other.mm === thread.mm);
    if (earlier < i) {
      list[i]!.fail('contradiction', `mm ${thread.mm} exits already in threads[${earlier}]`);
    }
  });
  const targets = forkTargets(mms, threads);
  const reached = everMembers(mms, threads);
  threads.forEach((thread, i) => {
    if (isFork(thread.run) && targets[i] === null) {
      const hint = 'each fork takes the next mm with "member": false';
      list[i]!.fail('contradiction', 'no mm is left to fork into', hint);
    }
    const isMember = mms.find((mm) => mm.name === thread.mm)?.member;
    if (isMember ? thread.after === 'fork' : !reached.has(thread.mm)) {
      list[i]!.fail('contradiction', `would never start: no thread forks into mm ${thread.mm}`);
    }
  });
  return threads;
}

function readThread(field: Field, mms: readonly Mm[], config: Configuration): ThreadOfScenario {
  field.object(['mm', 'run', 'after', 'slot', 'entry', 'to']);
  const names = mms.map((mm) => mm.name);
  const mm = field.member('mm').oneOf(names, 'mm');
  const run = field.member('run').oneOf(pathNames, 'path');
  const member = mms.find((other) => other.name === mm)!.member;
  const number = (key: string, most: number, otherwise: number): number => {
    const given = field.member(key);
    return given.given ? given.integer(0, most) : otherwise;
  };
  const only = (key: 'entry' | 'to', paths: ReadonlySet<string>, most: number): number | null => {
    const given = field.member(key);
    if (!given.given) return null;
    if (!paths.has(run)) given.fail('contradiction', `the path '${run}' takes no '${key}'`);
    return given.integer(0, most);
  };
  const to = only('to', moves, config.slots - 1);
  if (moves.has(run) && to === null)
    field.member('to').fail('missing', `missing; '${run}' needs a destination`);
  const slot = number('slot', config.slots - 1, 0);
  if (to === slot) field.member('to').fail('contradiction', `${to} is the slot that '${run}' moves`);
  return {
    mm,
    run,
    after: readAfter(field.member('after'), run, member),
    slot,
    entry: only('entry', narrowed, config.entries - 1),
    to,
  };
}

/** When the thread starts; an exit always waits for the tasks of its mm, and a task of a child for the fork. */
function readAfter(field: Field, run: PathName, member: boolean): ThreadOfScenario['after'] {
  const given = field.given ? field.oneOf(['own', 'fork'], 'moment') : null;
  if (run === 'exit') {
    if (given === 'fork') field.fail('contradiction', "an exit always starts after 'own'");
    return 'own';
  }
  return given ?? (member || fromOutside.has(run) ? null : 'fork');
}
