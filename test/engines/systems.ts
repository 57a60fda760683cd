import type { System } from '../../model/language/system.ts';
import { barriers } from '../classics/barriers.ts';
import { increment } from '../classics/increment.ts';
import { lock } from '../classics/lock.ts';
import { mcsLock } from '../classics/mcs-lock.ts';
import { peterson } from '../classics/peterson.ts';
import { petersonN } from '../classics/peterson-n.ts';
import { ticketLock } from '../classics/ticket-lock.ts';
import { twoPhaseCommit } from '../classics/two-phase-commit.ts';
import { kernelSystem } from './kernel-system.ts';

/** Systems with published counts. */
export const classics: readonly System[] = [
  lock(2),
  peterson(),
  petersonN(3),
  barriers(3),
  twoPhaseCommit(3),
  mcsLock(2),
  ticketLock(2),
  increment(2),
];

/** The smallest systems of the kernel in which something goes on. */
export const kernel: readonly System[] = [
  kernelSystem(['A:break-only', 'B:break-only']),
  kernelSystem(['A:break-only', 'A:break-only', 'B:idle']),
  kernelSystem(['A:write-fault', 'B:write-fault']),
  kernelSystem(['A:break-only', 'A:break-only', 'B:break-only']),
];
