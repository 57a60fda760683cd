import type { ProgramThread } from '../../explorer/program/program.ts';
import type { Effect } from '../../model/language/effect.ts';
import { type Dialect, truthText, valueText } from '../plan/expression-text.ts';
import type { PlanPlace, PlanStep } from '../plan/plan.ts';
import type { Way } from '../plan/ways.ts';
import type { MurphiContext } from './context.ts';
import { dialectOf } from './dialect.ts';

export const indent = (text: string, by: number): string => text.replace(/^(?=.)/gm, ' '.repeat(by));

export const quoted = (text: string): string => `"${text.replace(/[^ !#-[\]-~]/g, '?')}"`;

/** Truth: the step can be taken, once the thread is at its place. */
export function openText({ ways }: PlanStep, thread: ProgramThread, d: Dialect): string {
  // Together the guards of the ways say no more than those of the branches.
  const guards = ways.map((w) => truthText(w.guard, thread.scope, d));
  return guards.includes('true') ? 'true' : guards.length === 0 ? 'false' : `(${guards.join(' | ')})`;
}

/** One rule for each event of each place: it fires once where the event is one transition. */
export function ruleText(
  { place }: PlanPlace,
  step: PlanStep,
  thread: ProgramThread,
  context: MurphiContext,
): string {
  const d = dialectOf(context, thread);
  const names = context.threads[thread.number]!;
  const here = `${names.at} = ${names.places[place.number]}`;
  const open = openText(step, thread, d);
  const scratch = [...new Set(step.ways.flatMap((w) => w.scratch))].map((f) => context.scratch.get(f)!);
  const bodies = step.ways.map((way) => wayLines(way, thread, context, d));
  return [
    `rule ${quoted(`${thread.id} ${place.name} ${step.event}`)}`,
    `  ${open === 'true' ? here : `${here} & ${open}`}`,
    '==>',
    ...scratch.map((name) => `var ${name}: 0..1;`),
    'begin',
    ...scratch.map((name) => `  ${name} := 0;`),
    indent(chosen(step, bodies, thread, d), 2),
    'end;',
  ].join('\n');
}

function chosen(step: PlanStep, bodies: readonly string[], thread: ProgramThread, d: Dialect): string {
  if (step.ways.length <= 1) return bodies[0] ?? '';
  const parts = step.ways.map(
    (way, n) =>
      `${n === 0 ? 'if' : 'elsif'} ${truthText(way.guard, thread.scope, d)} then\n${indent(bodies[n]!, 2)}`,
  );
  return `${parts.join('\n')}\nend;`;
}

function wayLines(way: Way, thread: ProgramThread, context: MurphiContext, d: Dialect): string {
  const names = context.threads[thread.number]!;
  return [
    ...effectLines(way.effects, thread, context, d),
    `${names.at} := ${names.places[way.target]};`,
    ...way.watchers.map(({ monitor, flags }) => {
      const watch = `${context.monitors[monitor.number]!.watch}();`;
      if (flags === null) return watch;
      return `if ${flags.map((f) => `${context.scratch.get(f)} = 1`).join(' | ')} then ${watch} end;`;
    }),
  ].join('\n');
}

function effectLines(
  effects: readonly Effect[],
  thread: ProgramThread,
  context: MurphiContext,
  d: Dialect,
): string[] {
  return effects.map((effect) => effectText(effect, thread, context, d));
}

function effectText(effect: Effect, thread: ProgramThread, context: MurphiContext, d: Dialect): string {
  switch (effect.k) {
    case 'set':
      return `${valueText(effect.to, thread.scope, d)} := ${valueText(effect.value, thread.scope, d)};`;
    case 'assert':
      return `assert ${truthText(effect.that, thread.scope, d)} ${quoted(effect.check)};`;
    case 'if': {
      const part = (list: readonly Effect[]): string =>
        indent(effectLines(list, thread, context, d).join('\n'), 2);
      const otherwise = effect.otherwise.length === 0 ? '' : `\nelse\n${part(effect.otherwise)}`;
      return `if ${truthText(effect.test, thread.scope, d)} then\n${part(effect.then)}${otherwise}\nend;`;
    }
  }
}
