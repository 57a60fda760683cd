import { breakItself } from './break-itself.ts';
import { callers } from './callers.ts';
import type { Finding } from './finding.ts';
import { fork } from './fork.ts';
import { locks } from './locks.ts';
import { version4 } from './version-4.ts';
import { zap } from './zap.ts';

/** What is wrong with version 5, one root cause after the other. */
export const findings: readonly Finding[] = [...locks, ...breakItself, ...callers, ...zap, ...fork];

/** What was wrong with version 4 and is mended in version 5. */
export const findingsOfVersion4: readonly Finding[] = version4;
