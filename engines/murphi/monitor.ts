import type { ProgramMonitor } from '../../explorer/program/program.ts';
import { truthText } from '../plan/expression-text.ts';
import type { MurphiContext } from './context.ts';
import { dialectOf } from './dialect.ts';
import { indent, quoted } from './step.ts';

/** A procedure that lets a monitor take its step: the first branch that is open; where it would report, it stays. */
export function monitorText(monitor: ProgramMonitor, context: MurphiContext): string {
  const { place, watch } = context.monitors[monitor.number]!;
  const { plan } = context;
  const d = dialectOf(context, null);
  const check = plan.program.checks[monitor.check]!.declared.name;
  const report = plan.judge ? `assert false ${quoted(check)};` : '';
  const cases = monitor.places
    .filter((p) => p.number !== monitor.violated && p.events.length > 0)
    .map((p, n) => {
      const branches = p.events.flatMap((e) => e.branches);
      const first = branches.findIndex((b) => b.guard === null);
      const live = first < 0 ? branches : branches.slice(0, first + 1);
      const parts = live.map(({ guard, target }, b) => {
        const go = target === monitor.violated ? report : target === p.number ? '' : `${place} := ${target};`;
        const head = guard
          ? `${b === 0 ? 'if' : 'elsif'} ${truthText(guard, plan.program.scope, d)} then`
          : 'else';
        return `${b === 0 && !guard ? 'if true then' : head}${go === '' ? '' : `\n  ${go}`}`;
      });
      const body = `-- ${p.name}\n${parts.join('\n')}\nend;`;
      return `${n === 0 ? 'if' : 'elsif'} ${place} = ${p.number} then\n${indent(body, 2)}`;
    });
  const body = cases.length === 0 ? '' : `${indent(`${cases.join('\n')}\nend;`, 2)}\n`;
  return `procedure ${watch}();\nbegin\n${body}end;`;
}
