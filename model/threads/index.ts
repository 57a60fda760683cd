import type { PathName } from '../scenarios/scenario.ts';
import { breakOnlyPath } from './break-only.ts';
import { cpuPath } from './cpu.ts';
import { exitPath } from './exit.ts';
import { gupFastPath } from './gup-fast.ts';
import { gupSlowPath } from './gup-slow.ts';
import type { KernelPath } from './path.ts';
import { rmapBreakPath } from './rmap-break.ts';
import { rmapWalkPath } from './rmap-walk.ts';
import { speculativeRefPath } from './speculative-ref.ts';
import { writeFaultPath } from './write-fault.ts';

/** All paths, in the order of the help. */
export const kernelPaths: readonly KernelPath[] = [
  writeFaultPath,
  breakOnlyPath,
  exitPath,
  gupFastPath,
  gupSlowPath,
  rmapWalkPath,
  rmapBreakPath,
  cpuPath,
  speculativeRefPath,
];

/** The path of a name. */
export function kernelPath(name: PathName): KernelPath {
  const path = kernelPaths.find((p) => p.name === name);
  if (!path) throw new Error(`no path '${name}'`);
  return path;
}
