import type { ProgramMonitor } from '../../explorer/program/program.ts';
import { truthText } from '../plan/expression-text.ts';
import { indent } from './action.ts';
import type { TlaContext } from './context.ts';
import { dialectOf, primed } from './dialect.ts';

/**
 * Two operators of the values after a step, which are primed: the place to which a monitor goes on, and whether it reports.
 * Where it reports, it stays.
 */
export function monitorText(monitor: ProgramMonitor, context: TlaContext): string {
  const { place, next, reports } = context.monitors[monitor.number]!;
  const d = dialectOf(context, null, primed);
  const decide = (title: string, otherwise: string, goal: (from: number, to: number) => string): string => {
    const cases = monitor.places
      .filter((p) => p.number !== monitor.violated && p.events.length > 0)
      .map((p) => {
        const branches = p.events.flatMap((e) => e.branches);
        const text = branches.reduceRight<string>(
          (rest, { guard, target }) =>
            guard === null
              ? goal(p.number, target)
              : `IF ${truthText(guard, context.plan.program.scope, d)}\nTHEN ${goal(p.number, target)}\nELSE ${rest}`,
          otherwise,
        );
        return `${place} = ${p.number} ->\n${indent(text, 4)}`;
      });
    return `${title} ==\n${indent(`CASE ${[...cases, `OTHER -> ${otherwise}`].join('\n  [] ')}`, 2)}`;
  };
  return [
    decide(next, place, (from, to) => String(to === monitor.violated ? from : to)),
    decide(reports, 'FALSE', (_, to) => (to === monitor.violated ? 'TRUE' : 'FALSE')),
  ].join('\n\n');
}
