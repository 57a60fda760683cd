import { PatchError } from '../patch-error.ts';

/** The longest mail that is read, in bytes. The largest patch mail of the series has 16 thousand. */
const mostBytes = 4 * 1024 * 1024;

/** A line of the text that is read, with its number in the file that was given, counted from 1. */
export interface TextLine {
  readonly text: string;
  readonly number: number;
}

/** The text of a file in lines, and whether its last line is complete. */
export interface Text {
  readonly lines: readonly TextLine[];
  readonly endsWithNewline: boolean;
}

/** Decodes a file as UTF-8 text. Refuses what no patch has: nothing, NUL bytes, control characters, mixed line ends. */
export function textOf(name: string, bytes: Uint8Array): Text {
  if (bytes.length === 0) throw new PatchError('empty', { name }, 'the file is empty', 'save the mail again');
  if (bytes.length > mostBytes) {
    throw new PatchError('too-long', { name }, `longer than ${mostBytes} bytes`, 'give one mail of a series');
  }
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    const hint = 'the file is not text, or was saved as UTF-16: save the raw mail';
    throw new PatchError('nul', { name, mailLine: lineOfByte(bytes, nul) }, 'holds a NUL byte', hint);
  }
  return linesOf(name, decode(name, bytes));
}

/** Splits decoded text into lines; CRLF counts as a line end if every line ends so. */
export function linesOf(name: string, text: string): Text {
  const pieces = text.split('\n');
  const endsWithNewline = pieces.at(-1) === '';
  if (endsWithNewline) pieces.pop();
  const complete = endsWithNewline ? pieces : pieces.slice(0, -1);
  const dos = complete.length > 0 && complete.every((line) => line.endsWith('\r'));
  const lines = pieces.map((line, i) => ({
    text: dos && line.endsWith('\r') ? line.slice(0, -1) : line,
    number: i + 1,
  }));
  for (const { text: line, number } of lines) refuseControls(name, line, number);
  return { lines, endsWithNewline };
}

function decode(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const mailLine = lineOfByte(bytes, firstBadByte(bytes));
    const hint = 'save the raw mail, or convert it to UTF-8';
    throw new PatchError('encoding', { name, mailLine }, 'is not UTF-8 text', hint);
  }
}

/** Where decoding stops: the longest prefix that is still UTF-8, found by halves. */
function firstBadByte(bytes: Uint8Array): number {
  const isGood = (length: number): boolean => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isGood(middle)) good = middle;
    else bad = middle;
  }
  return good;
}

const lineOfByte = (bytes: Uint8Array, at: number): number =>
  bytes.subarray(0, at).reduce((n, byte) => n + Number(byte === 10), 1);

/** Control characters of ASCII and of Latin-1 but for tab and form feed, and the line separators of Unicode. */
const isControl = (code: number): boolean =>
  (code < 32 && code !== 9 && code !== 12) ||
  (code >= 127 && code < 160) ||
  code === 0x2028 ||
  code === 0x2029;

function refuseControls(name: string, line: string, mailLine: number): void {
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i);
    if (!isControl(code)) continue;
    if (code === 13) {
      const what = 'a carriage return, though not every line ends in one';
      const hint = 'save the raw mail, with one kind of line end';
      throw new PatchError('line-ends', { name, mailLine }, what, hint);
    }
    const what = `control character ${code} (0x${code.toString(16)})`;
    throw new PatchError('control-character', { name, mailLine }, what, 'save the raw mail again');
  }
}
