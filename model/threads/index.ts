import type { PathName } from '../scenarios/scenario.ts';
import { breakOnlyPath } from './break-only.ts';
import { breakRangePath } from './break-range.ts';
import { cpuPath } from './cpu.ts';
import { exitPath } from './exit.ts';
import { forkPath, forkWrprotectFirstPath } from './fork.ts';
import { gupFastPath } from './gup-fast.ts';
import { gupSlowPath } from './gup-slow.ts';
import { insertPagePath } from './insert-page.ts';
import { insertPfnPath } from './insert-pfn.ts';
import { madviseDontneedPath } from './madvise-dontneed.ts';
import { mremapPath } from './mremap.ts';
import { munmapPath } from './munmap.ts';
import { numaFaultPath } from './numa-fault.ts';
import type { KernelPath } from './path.ts';
import { readFaultAnonPath } from './read-fault-anon.ts';
import { readFaultFilePath } from './read-fault-file.ts';
import { remapPfnPath } from './remap-pfn.ts';
import { rmapBreakPath } from './rmap-break.ts';
import { rmapWalkPath } from './rmap-walk.ts';
import { speculativeRefPath } from './speculative-ref.ts';
import { splitVmaPath } from './split-vma.ts';
import { swapFaultPath } from './swap-fault.ts';
import { swapoffPath } from './swapoff.ts';
import { truncatePath } from './truncate.ts';
import { unshareFaultPath } from './unshare-fault.ts';
import { writeFaultPath } from './write-fault.ts';

/** All paths, in the order of the help. */
const kernelPaths: readonly KernelPath[] = [
  writeFaultPath,
  breakOnlyPath,
  readFaultAnonPath,
  readFaultFilePath,
  unshareFaultPath,
  swapFaultPath,
  numaFaultPath,
  exitPath,
  munmapPath,
  madviseDontneedPath,
  truncatePath,
  forkPath,
  forkWrprotectFirstPath,
  gupFastPath,
  gupSlowPath,
  rmapWalkPath,
  rmapBreakPath,
  cpuPath,
  mremapPath,
  splitVmaPath,
  swapoffPath,
  insertPagePath,
  insertPfnPath,
  remapPfnPath,
  breakRangePath,
  speculativeRefPath,
];

/** The path of a name. */
export function kernelPath(name: PathName): KernelPath {
  const path = kernelPaths.find((p) => p.name === name);
  if (!path) throw new Error(`no path '${name}'`);
  return path;
}
