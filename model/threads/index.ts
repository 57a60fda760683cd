import type { PathName } from '../scenarios/scenario.ts';
import { breakOnlyPath } from './break-only.ts';
import { exitPath } from './exit.ts';
import type { KernelPath } from './path.ts';
import { writeFaultPath } from './write-fault.ts';

/** All paths, in the order of the help. */
export const kernelPaths: readonly KernelPath[] = [writeFaultPath, breakOnlyPath, exitPath];

/** The path of a name. */
export function kernelPath(name: PathName): KernelPath {
  const path = kernelPaths.find((p) => p.name === name);
  if (!path) throw new Error(`no path '${name}'`);
  return path;
}
