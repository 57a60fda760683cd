import type { ProgramThread } from '../../explorer/program/program.ts';
import { truthText } from '../plan/expression-text.ts';
import type { PlanPlace, PlanStep } from '../plan/plan.ts';
import type { Way } from '../plan/ways.ts';
import type { TlaContext } from './context.ts';
import { dialectOf, placeText } from './dialect.ts';
import { valuesOf } from './values.ts';

export const indent = (text: string, by: number): string => text.replace(/^(?=.)/gm, ' '.repeat(by));

/** A list of conjuncts or disjuncts, each on lines of its own: TLA+ reads their columns. */
export const bulleted = (bullet: '/\\' | '\\/', items: readonly string[]): string =>
  items.map((item) => `${bullet} ${indent(item, 3).trimStart()}`).join('\n');

/** One action for each thread, place and event; several ways exclude one another, so that it has at most one successor. */
export function actionText(
  name: string,
  { place }: PlanPlace,
  step: PlanStep,
  thread: ProgramThread,
  context: TlaContext,
): string {
  const here = `${context.threads[thread.number]!.at} = ${placeText(place.name)}`;
  const ways = step.ways.map((way) => wayConjuncts(way, thread, context));
  const body =
    ways.length === 1
      ? bulleted('/\\', [here, ...ways[0]!])
      : bulleted('/\\', [
          here,
          bulleted(
            '\\/',
            ways.map((w) => bulleted('/\\', w)),
          ),
        ]);
  return `${name} ==\n${indent(body, 2)}`;
}

function wayConjuncts(way: Way, thread: ProgramThread, context: TlaContext): string[] {
  const guard = truthText(way.guard, thread.scope, dialectOf(context, thread));
  const values = valuesOf(way.effects, thread, context);
  const { at } = context.threads[thread.number]!;
  const next = new Map<string, string>();
  for (const name of context.variables) {
    const value = values.last.get(name);
    if (value !== undefined) next.set(name, value);
  }
  next.set(at, placeText(thread.places[way.target]!.name));
  const stores = [...next].map(([name, value]) => `${name}' = ${value}`);
  const watched = way.watchers.map(({ monitor, flags }) => {
    const { place, next: step, reports } = context.monitors[monitor.number]!;
    const raised = flags?.map((flag) => values.last.get(flag) ?? '0').map((text) => `(${text}) = 1`);
    const test = raised ? `(${raised.join(' \\/ ')})` : null;
    next.set(place, '');
    const check = context.plan.program.checks[monitor.check]!.declared.name;
    const silent = test ? `${test} => ~${reports}` : `~${reports}`;
    return [
      `${place}' = ${test ? `IF ${test} THEN ${step} ELSE ${place}` : step}`,
      ...(context.plan.judge ? [`Assert(${silent}, ${placeText(check)})`] : []),
    ];
  });
  const kept = context.variables.filter((name) => !next.has(name));
  const body = [
    ...values.promises.map(({ check, that }) => `Assert(${that}, ${placeText(check)})`),
    ...stores,
    ...(kept.length === 0 ? [] : [`UNCHANGED <<${kept.join(', ')}>>`]),
    // Last: they read the primed variables, which TLC knows from what stands before.
    ...watched.flat(),
  ];
  const guards = guard === 'TRUE' ? [] : [guard];
  if (values.definitions.length === 0) return [...guards, ...body];
  const definitions = values.definitions.map(({ name, value }) => `${name} == ${value}`).join('\n');
  return [...guards, `LET\n${indent(definitions, 2)}\nIN\n${indent(bulleted('/\\', body), 2)}`];
}
