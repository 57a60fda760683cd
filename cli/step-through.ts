import { on } from 'node:events';
import { emitKeypressEvents, type Key } from 'node:readline';
import type { Counterexample } from '../evidence/counterexample.ts';
import { stepFrame } from '../evidence/step-frame.ts';
import { answer } from './answer.ts';

const help = 'space next, b back, g start, G end, q quit';
const clear = '\u001b[H\u001b[2J';

/**
 * Shows a replayed trace step by step: on a terminal a page a key press, else all pages, one after the other. Nothing but pages
 * of printable ASCII and the sequence that clears the screen is written.
 */
export async function stepThrough(told: Counterexample): Promise<void> {
  const last = told.trace.steps.length;
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY) {
    const frames = Array.from({ length: last + 1 }, (_, n) => stepFrame(told, n));
    answer(frames.join(`\n${'-'.repeat(70)}\n\n`));
    return;
  }
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  try {
    let at = 0;
    const show = (): boolean => stdout.write(`${clear}${stepFrame(told, at)}\n${help}\n`);
    show();
    // An iterator keeps the keys that arrive while a page is being drawn.
    for await (const [, key] of on(stdin, 'keypress') as AsyncIterable<[string, Key]>) {
      at = afterKey(key, at, last);
      if (at < 0) break;
      show();
    }
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
  }
}

/** The step to show after a key; -1 to leave. Other keys change nothing. */
export function afterKey({ name, shift, ctrl, sequence }: Key, at: number, last: number): number {
  if (name === 'q' || name === 'escape' || (ctrl && (name === 'c' || name === 'd'))) return -1;
  if (name === 'home' || (name === 'g' && !shift)) return 0;
  if (name === 'end' || name === 'g') return last;
  if (name === 'b' || name === 'left' || name === 'up' || name === 'backspace') return Math.max(0, at - 1);
  const next = ['space', 'return', 'enter', 'right', 'down', 'n'].includes(name ?? '') || sequence === ' ';
  return next ? Math.min(last, at + 1) : at;
}
