import type { Kernel } from '../../kernel/kernel.ts';
import { type Path, pathOf } from '../../kernel/path.ts';
import { boolean, type Locals, locals, type Type } from '../../language/variable.ts';
import { plain } from '../fault/site.ts';
import type { PathOptions } from '../path.ts';
import { zapLocals } from '../zap/locals.ts';
import { slotsOfZap } from '../zap/zap-range.ts';

export const mremapSite = (name: string) => plain(name, 'mm/mremap.c');

/** What every fragment of an mremap knows: `path` is on the old slot, `to` on the new one. */
export interface Move {
  readonly path: Path;
  readonly to: Path;
  /** The entries that move: all of a slot, or the one that was named. */
  readonly entries: readonly number[];
  /** The one entry that was named, or null. */
  readonly entry: number | null;
}

/** The move that a scenario asks for. */
export const moveOf = (k: Kernel, tables: number, { slot, to, entry }: PathOptions): Move => {
  const path: Path = { ...pathOf(k, tables), slot };
  const all = Array.from({ length: k.shape.entries }, (_, e) => e);
  return {
    path,
    to: { ...path, slot: to ?? slot },
    entries: entry === null ? all : [entry],
    entry,
  };
};

const moveLocals = (k: Kernel) =>
  ({
    /** The slot's value that is on its way, and what it is. */
    moved: k.tableOrNone,
    newTable: k.tableOrNone,
    newPte: k.tableOrNone,
    newPtl: k.tableOrNone,
    page: k.pageOrNone,
    writable: boolean,
    kind: k.entryKind.type,
    /** force_flush. */
    forceFlush: boolean,
  }) satisfies Record<string, Type>;

export type MoveLocals = Locals<keyof ReturnType<typeof moveLocals>>;

/** The locals of the move, and those of the breaks and of the unmapping of what is left behind. */
export function declareMoveLocals(k: Kernel, options: PathOptions) {
  const move = locals(moveLocals(k));
  const { zap, declared } = zapLocals(k, { slots: slotsOfZap(k.shape, options), breaks: true });
  return { m: move.local, zap, declared: { ...declared, ...move.declared } };
}
