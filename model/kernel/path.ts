import { type Operand, parameter } from '../language/expression.ts';
import type { Kernel } from './kernel.ts';

/** What every fragment of a path knows: the kernel's variables and the constants of its thread. */
export interface Path {
  readonly k: Kernel;
  readonly mm: Operand;
  readonly slot: Operand;
  readonly me: Operand;
  /** First table of the thread's own pool, and how many it has. */
  readonly pool: Operand;
  readonly poolSize: number;
  /** The page that the thread allocates if it needs one. */
  readonly page: Operand;
  readonly entry: Operand;
  /** What its break leaves is judged under the lock and not at the return: no mmap_lock keeps a fork away meanwhile. */
  readonly judgesBreakUnderLock?: boolean;
}

/** The constants by their parameter names. */
export const pathOf = (k: Kernel, poolSize: number): Path => ({
  k,
  mm: parameter('mm'),
  slot: parameter('slot'),
  me: parameter('me'),
  pool: parameter('pool'),
  poolSize,
  page: parameter('page'),
  entry: parameter('entry'),
});

/** All constants of a thread; `to`, `cpu`, `gup` and `child` mean something only to the paths that use them. */
export const pathParameters = [
  'mm',
  'slot',
  'to',
  'me',
  'pool',
  'page',
  'entry',
  'cpu',
  'gup',
  'child',
] as const;
