import { ascii } from './ascii.ts';

/** A word as a POSIX shell reads it back. */
export function shellWord(word: string): string {
  const plain = ascii(word, 1000);
  return /^[\w@%+=:,./-]+$/.test(plain) ? plain : `'${plain.replaceAll("'", `'\\''`)}'`;
}

/** A command that can be pasted, continued with a backslash where a line would grow too long. */
export function command(words: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words.map(shellWord)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && longer.length > width - 2) {
      lines.push(`${line} \\`);
      line = `  ${word}`;
    } else line = longer;
  }
  return [...lines, line];
}
