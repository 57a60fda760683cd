import type { AnyStateMachine } from 'xstate';
import type { Kernel } from '../kernel/kernel.ts';
import type { Configuration, PathName } from '../scenarios/scenario.ts';
import type { Edits } from '../variants/protocol.ts';
import { breakOnly, breakOnlyTables } from './break-only.ts';
import { exit, exitTables } from './exit.ts';
import { writeFault, writeFaultTables } from './write-fault.ts';

/** A path of the kernel that a thread can run. */
export interface KernelPath {
  readonly name: PathName;
  /** What it is, in one line. */
  readonly about: string;
  readonly build: (k: Kernel, edits: Edits) => AnyStateMachine;
  /** Tables it may hold or have published at once. */
  readonly tables: (config: Configuration) => number;
  /** Whether it may allocate a page. */
  readonly allocatesPage: boolean;
  /** A task of its mm: the mm cannot exit before it has ended. */
  readonly isTask: boolean;
  /** A request to unmap: at the end nothing of its mm is asked for. */
  readonly unmapsAll: boolean;
}

/** All paths, in the order of the help. */
export const kernelPaths: readonly KernelPath[] = [
  {
    name: 'write-fault',
    about: 'a write fault: pre-checks, break, warning, then the write of entry 0',
    build: writeFault,
    tables: () => writeFaultTables,
    allocatesPage: true,
    isTask: true,
    unmapsAll: false,
  },
  {
    name: 'break-only',
    about: 'handle_cow_pte_fault() once, under mmap_lock for read',
    build: breakOnly,
    tables: () => breakOnlyTables,
    allocatesPage: false,
    isTask: true,
    unmapsAll: false,
  },
  {
    name: 'exit',
    about: 'the exit of an mm: zap of all its slots, free_pgtables(), who frees the table and when',
    build: exit,
    tables: () => exitTables,
    allocatesPage: false,
    isTask: false,
    unmapsAll: true,
  },
];

/** The path of a name. */
export function kernelPath(name: PathName): KernelPath {
  const path = kernelPaths.find((p) => p.name === name);
  if (!path) throw new Error(`no path '${name}'`);
  return path;
}
