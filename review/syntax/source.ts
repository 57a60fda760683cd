import type { Node } from 'web-tree-sitter';
import type { Unit } from '../units/unit.ts';
import type { IteratorMacro } from './prepare.ts';
import type { At } from './tree.ts';

/** Tells where nodes of a unit's tree stand in the mail and in the patched file. */
export class Source {
  readonly unit: Unit;
  readonly #iterators: ReadonlyMap<number, string>;

  constructor(unit: Unit, iterators: readonly IteratorMacro[]) {
    this.unit = unit;
    this.#iterators = new Map(iterators.map(({ row, name }) => [row, name]));
  }

  at(node: Node): At {
    const { lines, file, patch } = this.unit;
    const line = lines[Math.min(node.startPosition.row, lines.length - 1)]!;
    return { file, fileLine: line.fileLine, mailLine: line.mailLine, added: line.added, patch };
  }

  /** The macro that stands where the tree has a `while`; null for a real one. */
  iteratorAt(node: Node): string | null {
    return this.#iterators.get(node.startPosition.row) ?? null;
  }

  /** The node is not of the patch: a bracket that was put round a fragment. */
  isMadeUp(node: Node): boolean {
    const { before, lines } = this.unit;
    const { row, column } = node.startPosition;
    if (row === 0 && column < before.length) return true;
    return row >= lines.length - 1 && row > 0 && column >= (lines.at(-1)?.text.length ?? 0);
  }
}
