import { truthText } from '../plan/expression-text.ts';
import { Waits } from '../plan/waits.ts';
import { bulleted, indent } from './action.ts';
import type { TlaContext } from './context.ts';
import { atText, dialectOf } from './dialect.ts';

/**
 * Deadlocks as invariants: TLC's own check takes the states in which every thread has ended for deadlocks as well. `Dies` tells
 * whether a thread waits, over at most n others, for one that has stopped for good.
 */
export function deadlockTexts(context: TlaContext): string[] {
  const { plan } = context;
  const { program } = plan;
  const checks = program.checks.filter((c) => plan.judge && c.declared.deadlock !== null);
  if (checks.length === 0) return [];
  const last = program.threads.length - 1;
  return [
    ...(plan.canStop
      ? [
          waitsText(context),
          `Stopped(t) ==\n${byThread(context, (places) => places.final === 'stopped')}`,
          'RECURSIVE Dies(_, _)',
          `Dies(n, t) == Stopped(t) \\/ (n > 0 /\\ \\E u \\in 0..${last} : Waits(t, u) /\\ Dies(n - 1, u))`,
        ]
      : []),
    ...checks.map(({ number, declared }) => {
      const { onlyAt } = declared.deadlock!;
      const guilty = byThread(context, (p) => p.final === null && (onlyAt === null || p.tags.has(onlyAt)));
      const name = context.deadlocks[number];
      const excused = plan.canStop ? `Dies(${last}, t)` : 'FALSE';
      return `${name}_waits(t) ==\n${guilty}\n\n${name} ==\n  ENABLED Next \\/ \\A t \\in 0..${last} : ${name}_waits(t) => ${excused}`;
    }),
  ];
}

function byThread(
  { plan, ...context }: TlaContext,
  wanted: (place: TlaContext['plan']['program']['threads'][number]['places'][number]) => boolean,
): string {
  const lines = plan.program.threads.map((t) => {
    const places = t.places.filter(wanted).map((p) => p.number);
    return `(t = ${t.number} /\\ ${atText({ plan, ...context }, t.number, places)})`;
  });
  return indent(bulleted('\\/', lines), 2);
}

function waitsText(context: TlaContext): string {
  const { program } = context.plan;
  const relation = new Waits({
    program,
    at: (thread, places) => atText(context, thread.number, places),
    dialect: dialectOf(context, null),
    truth: (e, thread) => truthText(e, thread.scope, dialectOf(context, thread)),
  });
  const lines = program.threads.flatMap((t) =>
    program.threads.flatMap((u) => {
      const text = t.number === u.number ? null : relation.text(t, u);
      return text === null ? [] : [`(t = ${t.number} /\\ u = ${u.number} /\\ ${text})`];
    }),
  );
  return `Waits(t, u) ==\n${indent(lines.length === 0 ? 'FALSE' : bulleted('\\/', lines), 2)}`;
}
