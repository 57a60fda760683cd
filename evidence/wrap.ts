/**
 * Breaks a text into lines of at most `width` columns, at blanks where there are any. Lines after the first are indented
 * by `hang` columns, which count.
 */
export function wrap(text: string, width: number, hang = 0): readonly string[] {
  const indent = ' '.repeat(Math.min(hang, Math.max(0, width - 8)));
  const lines: string[] = [];
  let line: string | null = null;
  const room = (): number => width - (lines.length === 0 ? 0 : indent.length);
  const end = (full: string): void => {
    lines.push(lines.length === 0 ? full : indent + full);
    line = null;
  };
  for (let word of text.split(' ').filter((w) => w !== '')) {
    if (line !== null && `${line} ${word}`.length <= room()) {
      line = `${line} ${word}`;
      continue;
    }
    if (line !== null) end(line);
    while (word.length > room()) {
      const piece = word.slice(0, room());
      word = word.slice(piece.length);
      end(piece);
    }
    line = word;
  }
  if (line !== null || lines.length === 0) end(line ?? '');
  return lines;
}
