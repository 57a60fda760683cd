/**
 * Breaks a text into lines of at most `width` columns, at blanks where there are any. Lines after the first are indented
 * by `hang` columns, which count.
 */
export function wrap(text: string, width: number, hang = 0): readonly string[] {
  const lines: string[] = [];
  const indent = ' '.repeat(Math.min(hang, Math.max(0, width - 8)));
  let line = '';
  let started = false;
  const room = (): number => width - (lines.length === 0 ? 0 : indent.length);
  const end = (): void => {
    lines.push((lines.length === 0 ? '' : indent) + line);
    line = '';
    started = false;
  };
  for (const given of text.split(' ').filter((word) => word !== '')) {
    let word = given;
    if (started && line.length + 1 + word.length <= room()) {
      line += ` ${word}`;
      continue;
    }
    if (started) end();
    for (; word.length > room(); word = word.slice(line.length)) {
      line = word.slice(0, room());
      const rest = word.slice(line.length);
      end();
      word = rest;
      line = '';
    }
    line = word;
    started = true;
  }
  if (started || lines.length === 0) end();
  return lines;
}
