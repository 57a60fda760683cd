import type { ProgramMonitor } from '../../explorer/program/program.ts';
import { truthText } from '../plan/expression-text.ts';
import { biasedExpression } from './biased.ts';
import type { PromelaContext } from './context.ts';
import { dialectOf } from './dialect.ts';
import { choice, indent, promise } from './step.ts';

/** An inline that lets a monitor take its step: the first branch that is open; where it would report, it stays. */
export function monitorText(monitor: ProgramMonitor, context: PromelaContext): string {
  const { place, watch } = context.monitors[monitor.number]!;
  const { plan } = context;
  const dialect = dialectOf(context, (name) => {
    throw new ReferenceError(`monitor '${monitor.id}' has a local '${name}'`);
  });
  const report = plan.judge ? promise(context.checks[monitor.check]!, '0') : 'skip';
  const options = monitor.places
    .filter((p) => p.number !== monitor.violated && p.events.length > 0)
    .map((p) => {
      const branches = p.events.flatMap((e) => e.branches);
      const chain = branches.reduceRight<string>((rest, { guard, target }) => {
        const go =
          target === monitor.violated ? report : target === p.number ? 'skip' : `${place} = ${target}`;
        if (guard === null) return go;
        const test = truthText(biasedExpression(guard, context.bias(null)), plan.program.scope, dialect);
        return choice(test, [go], [rest]);
      }, 'skip');
      return `  :: ${place} == ${p.number} -> /* ${p.name} */\n${indent(chain, 5)}`;
    });
  return `inline ${watch}() {\n  if\n${options.join('\n')}\n  :: else -> skip\n  fi\n}`;
}
