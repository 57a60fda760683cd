import type { Node } from 'web-tree-sitter';
import { PatchError } from '../patch-error.ts';
import type { Source } from './source.ts';

/** Deeper than anybody nests, and not so deep that what walks over a tree runs out of stack. */
const deepest = 500;

/** Throws a PatchError for a text that is nested too deep to be walked over. */
export function demandShallow(root: Node, source: Source): void {
  const cursor = root.walk();
  let depth = 0;
  try {
    for (;;) {
      if (cursor.gotoFirstChild()) depth++;
      else {
        while (!cursor.gotoNextSibling()) {
          if (!cursor.gotoParent()) return;
          depth--;
        }
      }
      if (depth > deepest) throw tooDeep(cursor.currentNode, source);
    }
  } finally {
    cursor.delete();
  }
}

function tooDeep(node: Node, source: Source): PatchError {
  const { patch, mailLine, file, fileLine } = source.at(node);
  const place = { name: patch ?? source.unit.patch, mailLine, file, fileLine };
  return new PatchError('syntax', place, `nested deeper than ${deepest} levels`, 'split it up');
}
