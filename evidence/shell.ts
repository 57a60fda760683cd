import { ascii } from './ascii.ts';

const plain = /^[\w@%+=:,./-]+$/;

/** A word as a POSIX shell reads it back. */
function shellWord(word: string): string {
  const text = ascii(word, 1000);
  return plain.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A command that can be pasted, continued with a backslash where a line would grow too long. */
export function command(words: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words.map(shellWord)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || longer.length <= width - 2) {
      line = longer;
      continue;
    }
    lines.push(`${line} \\`);
    line = `  ${word}`;
    // A shell joins a word that goes on at the start of the next line; inside quotes it would not.
    while (line.length > width - 2 && plain.test(word)) {
      const piece = line.slice(0, breakBefore(line, width - 2));
      lines.push(`${piece}\\`);
      line = line.slice(piece.length);
    }
  }
  return [...lines, line];
}

/** Where a path is best broken: after its last separator in reach. */
function breakBefore(path: string, most: number): number {
  const at = Math.max(...['/', '.', '-'].map((mark) => path.lastIndexOf(mark, most - 1)));
  return at > most / 2 ? at + 1 : most;
}
