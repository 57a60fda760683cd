import type { TextLine } from '../mail/text.ts';
import type { Whitespace } from './patch.ts';

const beginsHunk = (text: string): boolean => text.startsWith('@@ -');
const beginsFile = (text: string): boolean => /^(?:diff --git |--- |\+\+\+ )/.test(text);
const isFooter = (text: string): boolean => text === '-- ' || text === '--';

/**
 * Decides once, for the whole text, how its lines are to be read. Stripped: not one line of the hunks begins with a blank,
 * though some are neither added nor removed. Trimmed: no line of the hunks ends with a blank, and some are empty.
 */
export function whitespaceOf(lines: readonly TextLine[], first: number): Whitespace {
  let leading = false;
  let trailing = false;
  let bare = false;
  let empty = false;
  let inHunks = false;
  for (let i = first; i < lines.length; i++) {
    const { text } = lines[i]!;
    if (beginsFile(text)) inHunks = false;
    else if (beginsHunk(text)) inHunks = true;
    else if (inHunks && isFooter(text) && endsHere(lines, i)) break;
    else if (inHunks) {
      if (/^[ \t]/.test(text)) leading = true;
      else if (text === '') empty ||= !endsHere(lines, i);
      else if (/^[^-+\\]/.test(text)) bare = true;
      if (/[ \t]$/.test(text)) trailing = true;
    }
  }
  if (bare && !leading) return 'stripped';
  return empty && !trailing && leading ? 'trimmed' : 'exact';
}

/** Nothing of a diff follows. */
function endsHere(lines: readonly TextLine[], at: number): boolean {
  for (let i = at + 1; i < lines.length; i++) {
    const { text } = lines[i]!;
    if (beginsFile(text) || beginsHunk(text) || /^[ +-]/.test(text)) return false;
  }
  return true;
}
