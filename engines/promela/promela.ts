import type { System } from '../../model/language/system.ts';
import { elements, indicesOf, range } from '../../model/language/variable.ts';
import { truthText } from '../plan/expression-text.ts';
import { type PlanThread, type PrintOptions, planOf } from '../plan/plan.ts';
import { biasedExpression } from './biased.ts';
import { contextOf, declaration, judgedBySpin, type PromelaContext } from './context.ts';
import { judgeText } from './deadlock.ts';
import { dialectOf, ThreadText } from './dialect.ts';
import { monitorText } from './monitor.ts';
import { optionText } from './step.ts';

/**
 * The system in Promela, for SPIN 6.5.2. Its graph is the explorer's without reductions: one process for each thread, one
 * d_step for each step, and a process that has ended stays where it is, because SPIN would take it out of the state.
 */
export function promelaText(system: System, options: PrintOptions = {}): string {
  const context = contextOf(planOf(system, options));
  const { plan } = context;
  const { program } = plan;
  const asked = [...plan.asked].map((n) => `bit ${context.ended[n]} = 0;`);
  const shared = program.system.shared.map((v) => {
    const count = elements(v);
    const initial = Array.from({ length: count }, (_, n) => v.initial(...indicesOf(v, n)));
    return declaration(context.shared.get(v.name)!, v.type, count, initial);
  });
  const monitors = program.monitors.map((m) =>
    declaration(context.monitors[m.number]!.place, range(0, m.places.length - 1), 1, [m.entry]),
  );
  return `${[
    header(context),
    ...section('Checks: the numbers by which a failed assertion tells its check.', checkNumbers(context)),
    ...section('Shared variables.', shared),
    ...section('Threads that have ended, for those who ask.', asked),
    ...section('Places of the monitors.', monitors),
    ...section(
      'Raised by a step that stored to a watched variable; not part of the state.',
      [...context.scratch.values()].map((name) => `hidden byte ${name};`),
    ),
    ...section('What must hold.', conditionLines(context)),
    ...program.monitors.map((m) => monitorText(m, context)),
    ...plan.threads.map((t) => processText(t, context)),
    judgeText(context),
  ]
    .filter((part) => part !== '')
    .join('\n\n')}\n`;
}

const plain = (text: string): string => text.replace(/\*\//g, '* /').replace(/[^ -~]/g, '?');

function header({ plan, judge }: PromelaContext): string {
  const skipped = plan.program.checks.filter((c) => c.declared.leaves !== null).map((c) => c.declared.name);
  return [
    `/* ${plain(plan.program.system.name)}`,
    ' *',
    ' * spin -a -o1 -o2 -o3 FILE && gcc -O2 -DNOREDUCE -DSAFETY -o pan pan.c && ./pan',
    ' *',
    ' * With these options SPIN stores exactly the states of cowpte --no-reduce, and pan -c0 goes on after a violation; its',
    ' * transitions are one more, for the initial state. Add -DVECTORSZ=8192 if SPIN asks for it.',
    ...(judge === null
      ? []
      : [
          ` * ${judge.name} looks at states in which nothing moves: one more transition for each in which a thread waits.`,
        ]),
    ...skipped.map((name) => ` * Not judged here: fair cycles of ${plain(name)}.`),
    ' */',
  ].join('\n');
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`/* ${title} */\n${lines.join('\n')}`];

function checkNumbers({ plan, checks }: PromelaContext): string[] {
  if (!plan.judge) return [];
  const bySpin = judgedBySpin(plan);
  const note = bySpin === null ? [] : [`/* invalid end state: ${checks[bySpin]} */`];
  return [...checks.map((name, n) => `#define ${name} ${n + 1}`), ...note];
}

function conditionLines(context: PromelaContext): string[] {
  const { plan } = context;
  const { scope } = plan.program;
  const dialect = dialectOf(context, () => '');
  const text = (that: (typeof plan.always)[number]['that']): string =>
    truthText(biasedExpression(that, context.bias(null)), scope, dialect);
  const everyone = plan.program.threads.map((t) => context.ended[t.number]!).join(' && ');
  return [
    ...plan.always.map((c) => `#define ${context.conditions.get(c)} (${text(c.that)})`),
    ...plan.atEnd.map((c) => `#define ${context.conditions.get(c)} (!(${everyone}) || ${text(c.that)})`),
  ];
}

function processText({ thread, places }: PlanThread, context: PromelaContext): string {
  const text = new ThreadText(context, thread);
  const labels = context.labels[thread.number]!;
  const locals = thread.locals.map(
    (l) => `  ${declaration(context.locals[thread.number]!.get(l.name)!, l.type, 1, [l.initial])}`,
  );
  // A process begins at its first statement.
  const ordered = [...places].sort(
    (a, b) => Number(b.place.number === thread.entry) - Number(a.place.number === thread.entry),
  );
  const blocks = ordered.map(({ place, steps }) => {
    const options = steps.flatMap(({ event, ways }) =>
      ways.map((way) => (steps.length > 1 ? `  /* ${plain(event)} */\n` : '') + optionText(way, text)),
    );
    if (options.length === 0) return `${labels[place.number]}:\n  false`;
    return `${labels[place.number]}:\n  if\n${options.join('\n')}\n  fi`;
  });
  const head = `/* ${plain(thread.id)} */\nactive proctype ${context.proctypes[thread.number]}() {`;
  return [head, ...locals, `${blocks.join(';\n')}\n}`].join('\n');
}
