import type { Kernel } from '../kernel/kernel.ts';
import { pathOf, pathParameters } from '../kernel/path.ts';
import { machine, wire } from '../language/machine.ts';
import type { Configuration } from '../scenarios/scenario.ts';
import type { Edits } from '../variants/protocol.ts';
import { exitLocals, exitMmap } from './exit.ts';
import { dupMmap } from './fork/dup-mmap.ts';
import { declareForkLocals, forkPathOf, ofChild } from './fork/locals.ts';
import type { PostedOrder } from './fork/share-table.ts';
import { breakWithRetry, type KernelPath, ordinary, type PathOptions } from './path.ts';
import { startAfter } from './start.ts';
import { breaksOfZap } from './zap/zap-range.ts';

type Sizes = Pick<Configuration, 'slots' | 'allocFailures'>;

/**
 * The fallback of a vma may allocate a table three times, if others empty the child's slot meanwhile. Where the fork fails, the
 * child's mm is taken down, which may break.
 */
const forkTables = (config: Sizes, options: PathOptions): number => {
  const fallBack = options.pagesArePinned ? 3 * vmas(config, options) : 0;
  return fallBack + breaksOfUndo(config, options);
};

const breaksOfUndo = (config: Sizes, options: PathOptions): number =>
  config.allocFailures > 0 ? breaksOfZap(config, options, 'all-slots') : 0;

/** A vma that was cut is two. */
const vmas = ({ slots }: Sizes, { vmasAreSplit }: PathOptions): number => slots * (vmasAreSplit ? 2 : 1);

/**
 * fork(2) with shared tables (patch 03), from the parent's mmap_lock to the moment from which the child may run. If it fails,
 * the child's mm goes the way of every mm whose last user is gone.
 */
const fork =
  (name: 'fork' | 'fork-wrprotect-first', order: PostedOrder): KernelPath['build'] =>
  (k: Kernel, edits: Edits, options: PathOptions) => {
    const path = forkPathOf(pathOf(k, forkTables(k.shape, options)));
    const { l, f, declared } = declareForkLocals(k);
    const posted = order === 'as-posted' ? (edits.forkText ?? order) : order;
    const how = edits.forkInOneSection ? 'one-section' : posted;
    const copied = dupMmap(path, l, f, how, options.vmasAreSplit);
    const { zap, declared: ofExit } = exitLocals(k, options);
    const undo = k.shape.forksMayFail ? exitMmap(ofChild(path), zap, edits, options) : ('ended' as const);
    return machine(name, startAfter(path, options, wire(copied, { next: 'ended', failed: undo })), {
      locals: k.shape.forksMayFail ? { ...ofExit, ...declared } : declared,
      parameters: pathParameters,
    });
  };

export const forkPath: KernelPath = {
  ...ordinary,
  name: 'fork',
  build: fork('fork', 'as-posted'),
  tables: forkTables,
  seqIncrements: (config, options) =>
    2 * vmas(config, options) + breaksOfUndo(config, options) * breakWithRetry(),
  forks: true,
};

export const forkWrprotectFirstPath: KernelPath = {
  ...forkPath,
  name: 'fork-wrprotect-first',
  build: fork('fork-wrprotect-first', 'wrprotect-first'),
};
