import type { ProgramThread } from '../../explorer/program/program.ts';
import { anyText, truthText } from '../plan/expression-text.ts';
import { Waits } from '../plan/waits.ts';
import type { MurphiContext } from './context.ts';
import { atText, dialectOf } from './dialect.ts';
import { indent, openText, quoted } from './step.ts';

/**
 * Deadlocks as invariants: rumur's own detection (--deadlock-detection) takes the states in which every thread has ended for
 * deadlocks as well. A function tells for each thread whether it can move, another one whether a thread waits without
 * excuse, that is not for something that a stopped thread holds.
 */
export function deadlockTexts(context: MurphiContext): string[] {
  const { plan } = context;
  const { program } = plan;
  const checks = program.checks.filter((c) => plan.judge && c.declared.deadlock !== null);
  if (checks.length === 0) return [];
  const dies = program.threads.map((t) => context.fresh(`dies ${t.id}`));
  const stuck = context.fresh('stuck');
  const canMove = program.threads.map((t) => `${context.threads[t.number]!.enabled}()`);
  const texts = [
    ...plan.threads.map(({ thread }) => enabledText(thread, context)),
    `function ${stuck}(): boolean;\nbegin\n  return !(${canMove.join(' | ')});\nend;`,
  ];
  for (const { declared } of checks) {
    const { onlyAt } = declared.deadlock!;
    const name = context.fresh(`deadlock ${declared.name}`);
    const guilty = program.threads.map((t) => {
      const places = t.places.filter((p) => p.final === null && (onlyAt === null || p.tags.has(onlyAt)));
      const at = atText(
        context,
        t.number,
        places.map((p) => p.number),
      );
      return plan.canStop ? `(${at} & !${dies[t.number]})` : at;
    });
    const body = [
      `if !${stuck}() then return false; end;`,
      ...(plan.canStop ? excuses(context, dies) : []),
      `return ${guilty.join(' | ')};`,
    ];
    const variables = plan.canStop ? `var\n${dies.map((d) => `  ${d}: boolean;`).join('\n')}\n` : '';
    texts.push(
      `function ${name}(): boolean;\n${variables}begin\n${indent(body.join('\n'), 2)}\nend;`,
      `invariant ${quoted(declared.name)} !${name}();`,
    );
  }
  return texts;
}

/** Which threads wait, directly or through others, for one that has stopped. */
function excuses(context: MurphiContext, dies: readonly string[]): string[] {
  const { program } = context.plan;
  const relation = new Waits({
    program,
    at: (thread, places) => atText(context, thread.number, places),
    dialect: dialectOf(context, null),
    truth: (e, thread) => truthText(e, thread.scope, dialectOf(context, thread)),
  });
  const stopped = (t: ProgramThread): number[] =>
    t.places.filter((p) => p.final === 'stopped').map((p) => p.number);
  const first = program.threads.map((t) => `${dies[t.number]} := ${atText(context, t.number, stopped(t))};`);
  const edges = program.threads.flatMap((t) => {
    const ways = program.threads.flatMap((u) => {
      const text = u.number === t.number ? null : relation.text(t, u);
      return text === null ? [] : [`(${dies[u.number]} & ${text})`];
    });
    const name = dies[t.number]!;
    return ways.length === 0 ? [] : [`${name} := ${[name, ...ways].join(' | ')};`];
  });
  // A chain of waiting threads has at most as many links as there are other threads.
  return [...first, ...Array.from({ length: program.threads.length - 1 }, () => edges).flat()];
}

function enabledText(thread: ProgramThread, context: MurphiContext): string {
  const d = dialectOf(context, thread);
  const names = context.threads[thread.number]!;
  const planned = context.plan.threads[thread.number]!;
  const cases = planned.places.flatMap(({ place, steps }) => {
    if (steps.length === 0) return [];
    const open = anyText(
      steps.map((s) => openText(s, thread, d)),
      d,
    );
    const always = steps.some((s) => openText(s, thread, d) === 'true');
    return [`    case ${names.places[place.number]}: return ${always ? 'true' : open};`];
  });
  const body = cases.length === 0 ? '' : `  switch ${names.at}\n${cases.join('\n')}\n  end;\n`;
  return `function ${names.enabled}(): boolean;\nbegin\n${body}  return false;\nend;`;
}
