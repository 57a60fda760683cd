import type { Node } from 'web-tree-sitter';
import type { Source } from './source.ts';
import type { At } from './tree.ts';

/** A comment of the source. */
export interface Comment {
  /** Its words in one line, without the signs of the comment. */
  readonly text: string;
  readonly at: At;
  /** It ends in a question mark: something that the author left open. */
  readonly isQuestion: boolean;
}

export function commentOf(node: Node, source: Source): Comment {
  const text = node.text
    .replace(/^\/\*+|\*\/$|^\/\//g, '')
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/^\*+(?=\s|$)/, '')
        .trim(),
    )
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
  return { text, at: source.at(node), isQuestion: text.endsWith('?') };
}
