import { ascii } from '../evidence/ascii.ts';
import { count } from '../evidence/verdicts.ts';
import type { Progress } from '../explorer/options.ts';

/** Shows on stderr how far a search is: one line that is written over on a terminal, a line every ten seconds elsewhere. */
export class ProgressLine {
  private readonly terminal: boolean;
  private readonly silent: boolean;
  private what = '';
  private last = Date.now();
  private shown = false;

  constructor(silent: boolean) {
    this.silent = silent;
    this.terminal = process.stderr.isTTY === true;
  }

  /** A search begins; `what` says which. */
  begin(what: string): void {
    this.what = ascii(what, 60);
    this.last = Date.now();
  }

  tell({ states, depth, queue, branches, bytes, seconds }: Progress): void {
    if (this.silent) return;
    const rate = Math.round(states / Math.max(seconds, 0.001));
    const numbers = `${count(states, 'state')}, ${count(rate, 'state')}/s, depth ${depth}, queue ${queue}, ${count(branches, 'branch', 'branches')}`;
    const line = `${this.what}: ${numbers}, ${Math.round(bytes / 2 ** 20)} MiB`;
    if (this.terminal) {
      const room = Math.max(20, (process.stderr.columns || 80) - 1);
      process.stderr.write(`\r\x1b[K${line.slice(0, room)}`);
      this.shown = true;
    } else if (Date.now() - this.last >= 10_000) {
      this.last = Date.now();
      process.stderr.write(`${line}\n`);
    }
  }

  /** Takes the line away, before something else is printed. */
  clear(): void {
    if (this.shown) process.stderr.write('\r\x1b[K');
    this.shown = false;
  }
}
