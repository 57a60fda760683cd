import type { ProgramThread } from '../../explorer/program/program.ts';
import { truthText } from '../plan/expression-text.ts';
import { Waits } from '../plan/waits.ts';
import { biasedExpression } from './biased.ts';
import type { PromelaContext } from './context.ts';
import { dialectOf } from './dialect.ts';
import { indent, promise } from './step.ts';

/**
 * A process that looks at states in which nothing else can move (spinroot.com/spin/Man/timeout.html) and in which a thread
 * is in the middle of its path. It comes back to where it was and changes nothing that is part of the state: it adds no
 * state, and one transition for each such state. The look is atomic instead of a d_step, because remote references are
 * not allowed in a d_step.
 */
export function judgeText(context: PromelaContext): string {
  const { plan, judge } = context;
  if (judge === null) return '';
  const { program } = plan;
  const at = (thread: ProgramThread, places: readonly number[]): string => {
    const all = places.map((p) => `${context.proctypes[thread.number]}@${context.labels[thread.number]![p]}`);
    return all.length === 0 ? '0' : `(${all.join(' || ')})`;
  };
  const final = (thread: ProgramThread, how: 'ended' | 'stopped'): number[] =>
    thread.places.filter((p) => p.final === how).map((p) => p.number);
  const waiting = (thread: ProgramThread): string =>
    `!${at(thread, [...final(thread, 'ended'), ...final(thread, 'stopped')])}`;
  const relation = new Waits({
    program,
    at,
    dialect: dialectOf(context, () => ''),
    truth: (e, thread) =>
      truthText(
        biasedExpression(e, context.bias(thread)),
        thread.scope,
        dialectOf(context, (local) => remote(context, thread, local)),
      ),
  });
  const dies = (thread: ProgramThread): string => `${judge.dies}[${thread.number}]`;
  const first = program.threads.map((t) => `${dies(t)} = ${at(t, final(t, 'stopped'))}`);
  const edges = program.threads.flatMap((t) => {
    const ways = program.threads.flatMap((u) => {
      const text = u.number === t.number ? null : relation.text(t, u);
      return text === null ? [] : [`(${dies(u)} && ${text})`];
    });
    return ways.length === 0 ? [] : [`${dies(t)} = (${[dies(t), ...ways].join(' || ')})`];
  });
  // A chain of waiting threads has at most as many links as there are other threads.
  const rounds = Array.from({ length: program.threads.length - 1 }, () => edges).flat();
  const deadlocks = program.checks.flatMap(({ number, declared: { deadlock } }) => {
    if (deadlock === null) return [];
    const guilty = program.threads.map((t) => {
      const { onlyAt } = deadlock;
      const places = t.places.filter((p) => p.final === null && (onlyAt === null || p.tags.has(onlyAt)));
      const here =
        onlyAt === null
          ? waiting(t)
          : at(
              t,
              places.map((p) => p.number),
            );
      return plan.canStop ? `(${here} && !${dies(t)})` : here;
    });
    return [promise(context.checks[number]!, `!(${guilty.join(' || ')})`)];
  });
  const body = [...(plan.canStop ? [...first, ...rounds] : []), ...deadlocks];
  return [
    ...(plan.canStop ? [`hidden byte ${judge.dies}[${Math.max(2, program.threads.length)}];`] : []),
    `active proctype ${judge.name}() {`,
    'end_look:',
    '  do',
    `  :: atomic {\n       timeout && (${program.threads.map(waiting).join(' || ')}) ->`,
    `${indent(body.join(';\n'), 7)}\n     }`,
    '  od',
    '}',
  ].join('\n');
}

/** A local of a process, read from another one (spinroot.com/spin/Man/remoterefs.html). */
const remote = (context: PromelaContext, thread: ProgramThread, local: string): string =>
  `${context.proctypes[thread.number]}:${context.locals[thread.number]!.get(local)}`;
