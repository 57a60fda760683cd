import type { Trace } from '../explorer/trace/trace.ts';
import { ascii } from './ascii.ts';
import { happening } from './happening.ts';
import { vectorClocks } from './vector-clocks.ts';

/** What ShiViz has to be told of the log. It is the first line of the file, which an upload reads by itself. */
export const shivizExpression = '(?<event>.*)\\n(?<host>\\S*) (?<clock>{.*})';

/**
 * The log that ShiViz draws: the expression, an empty line (there is one execution), then two lines a step, what happens and the
 * thread with its vector clock. Pasted instead of uploaded, the first two lines belong into the field of the expression.
 */
export function shivizText(trace: Trace): string {
  const clocks = vectorClocks(trace);
  const lines = trace.steps.flatMap((step, i) => {
    const changes = step.changes.map(({ location, before, after }) => ` [${location} ${before} -> ${after}]`);
    const event = `${step.n} ${step.file}:${step.line} ${step.function}(): ${happening(step)}${changes.join('')}`;
    const clock = [...clocks[i]!].map(([thread, n]) => `${JSON.stringify(host(thread))}:${n}`);
    return [ascii(event, 1000), `${host(step.thread)} {${clock.toSorted(inOrder).join(', ')}}`];
  });
  return `${[shivizExpression, '', ...lines].join('\n')}\n`;
}

const inOrder = (a: string, b: string): number => (a < b ? -1 : 1);

/** Names of threads have no blanks in scenario files; a stranger's system may. */
const host = (thread: string): string => ascii(thread).replaceAll(' ', '_');
