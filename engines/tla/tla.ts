import type { System } from '../../model/language/system.ts';
import {
  bounds,
  elements,
  indicesOf,
  type SharedDeclaration,
  type Type,
} from '../../model/language/variable.ts';
import { endedText, truthText } from '../plan/expression-text.ts';
import { type PrintOptions, planOf } from '../plan/plan.ts';
import { actionText, bulleted, indent } from './action.ts';
import { contextOf, type TlaContext } from './context.ts';
import { deadlockTexts } from './deadlock.ts';
import { dialectOf, placeText } from './dialect.ts';
import { monitorText } from './monitor.ts';

export interface TlaOptions extends PrintOptions {
  /** The name of the module, which is that of its file without `.tla`. Default: System. */
  readonly module?: string;
}

/** A module, and the configuration with which TLC reads it. */
export interface TlaTexts {
  readonly module: string;
  readonly configuration: string;
}

/**
 * The system in TLA+, for TLC (Lamport, "Specifying Systems", chapter 14). One action for each thread, place and event: TLC's
 * distinct states are those of the explorer without reductions, its generated states the transitions and one more.
 */
export function tlaText(system: System, options: TlaOptions = {}): TlaTexts {
  const context = contextOf(planOf(system, options));
  const { plan } = context;
  const { program } = plan;
  const actions = plan.threads.flatMap(({ thread, places }) =>
    places.flatMap((place) =>
      place.steps
        .filter((s) => s.ways.length > 0)
        .map((step) => {
          const name = context.fresh(
            `${context.threads[thread.number]!.prefix} ${place.place.name} ${step.event}`,
          );
          return { name, text: actionText(name, place, step, thread, context) };
        }),
    ),
  );
  const invariants = checkTexts(context);
  const title = ` MODULE ${options.module ?? 'System'} `;
  const module = `${[
    `${'-'.repeat(20)}${title}${'-'.repeat(20)}`,
    comment(context),
    'EXTENDS Integers, TLC',
    `VARIABLES\n${indent(context.variables.join(',\n'), 2)}`,
    `vars == <<${context.variables.join(', ')}>>`,
    remainder,
    `TypeOK ==\n${indent(bulleted('/\\', typeLines(context)), 2)}`,
    `Init ==\n${indent(bulleted('/\\', initialLines(context)), 2)}`,
    ...program.monitors.map((m) => monitorText(m, context)),
    ...actions.map((a) => a.text),
    `Next ==\n${indent(
      actions.length === 0
        ? 'FALSE'
        : bulleted(
            '\\/',
            actions.map((a) => a.name),
          ),
      2,
    )}`,
    'Spec == Init /\\ [][Next]_vars',
    ...invariants.texts,
    ...deadlockTexts(context),
    '='.repeat(40 + title.length),
  ].join('\n\n')}\n`;
  const named = ['TypeOK', ...invariants.names];
  const configuration = `SPECIFICATION Spec\nCHECK_DEADLOCK FALSE\nINVARIANTS\n${indent(named.join('\n'), 2)}\n`;
  return { module, configuration };
}

const remainder = `Rem(a, b) ==
  LET m == IF b < 0 THEN 0 - b ELSE b
  IN IF a < 0 THEN 0 - ((0 - a) % m) ELSE a % m`;

function comment({ plan }: TlaContext): string {
  const skipped = plan.program.checks.filter((c) => c.declared.leaves !== null).map((c) => c.declared.name);
  return [
    plan.program.system.name.replace(/[^ -~]/g, '?'),
    'An assertion inside a step is an Assert with the name of its check; -1 is none.',
    ...skipped.map((name) => `Not judged here: fair cycles of ${name}.`),
  ]
    .map((line) => `\\* ${line}`)
    .join('\n');
}

const rangeText = (type: Type): string => `${bounds(type).low}..${bounds(type).high}`;
const domainText = (v: SharedDeclaration): string =>
  v.over.map((domain) => `(0..${domain.size - 1})`).join(' \\X ');

function typeLines({ plan, shared, threads, monitors }: TlaContext): string[] {
  const { program } = plan;
  return [
    ...program.system.shared.map((v) => {
      const values = rangeText(v.type);
      return `${shared.get(v.name)} \\in ${v.over.length === 0 ? values : `[${domainText(v)} -> ${values}]`}`;
    }),
    ...program.threads.flatMap((t) => {
      const { at, locals } = threads[t.number]!;
      const places = t.places.map((p) => placeText(p.name)).join(', ');
      return [
        `${at} \\in {${places}}`,
        ...t.locals.map((l) => `${locals.get(l.name)} \\in ${rangeText(l.type)}`),
      ];
    }),
    ...program.monitors.map((m) => `${monitors[m.number]!.place} \\in 0..${m.places.length - 1}`),
  ];
}

function initialLines({ plan, shared, threads, monitors }: TlaContext): string[] {
  const { program } = plan;
  return [
    ...program.system.shared.map((v) => `${shared.get(v.name)} = ${initialText(v)}`),
    ...program.threads.flatMap((t) => {
      const { at, locals } = threads[t.number]!;
      return [
        `${at} = ${placeText(t.places[t.entry]!.name)}`,
        ...t.locals.map((l) => `${locals.get(l.name)} = ${l.initial}`),
      ];
    }),
    ...program.monitors.map((m) => `${monitors[m.number]!.place} = ${m.entry}`),
  ];
}

/** A function over the indices: its commonest value, and the others case by case. */
function initialText(v: SharedDeclaration): string {
  const values = Array.from({ length: elements(v) }, (_, n) => v.initial(...indicesOf(v, n)));
  if (v.over.length === 0) return String(values[0]);
  const times = new Map<number, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  const common = [...times].reduce((a, b) => (b[1] > a[1] ? b : a))[0];
  const names = v.over.map((_, i) => `i${i}`);
  const head = v.over.map((domain, i) => `${names[i]} \\in 0..${domain.size - 1}`).join(', ');
  const cases = values.flatMap((value, n) => {
    if (value === common) return [];
    const here = indicesOf(v, n).map((index, i) => `${names[i]} = ${index}`);
    return [`(${here.join(' /\\ ')}) -> ${value}`];
  });
  if (cases.length === 0) return `[${head} |-> ${common}]`;
  return `[${head} |-> CASE ${cases.join(' [] ')} [] OTHER -> ${common}]`;
}

/** One invariant for each check that has conditions or judges deadlocks. */
function checkTexts(context: TlaContext): { readonly texts: string[]; readonly names: string[] } {
  const { plan, conditions, checks, deadlocks } = context;
  const { program } = plan;
  const d = dialectOf(context, null);
  const everyone = endedText(
    program.threads.map((t) => t.number),
    d,
  );
  const texts: string[] = [];
  const names: string[] = [];
  for (const { number, declared } of program.checks) {
    const always = plan.always.filter((c) => c.check === number);
    const atEnd = plan.atEnd.filter((c) => c.check === number);
    for (const c of always) texts.push(`${conditions.get(c)} ==\n  ${truthText(c.that, program.scope, d)}`);
    for (const c of atEnd)
      texts.push(`${conditions.get(c)} ==\n  ${everyone} => ${truthText(c.that, program.scope, d)}`);
    if (always.length + atEnd.length > 0) {
      const kept = [...always, ...atEnd].map((c) => conditions.get(c)!);
      texts.push(`${checks[number]} ==\n${indent(bulleted('/\\', kept), 2)}`);
      names.push(checks[number]!);
    }
    if (plan.judge && declared.deadlock !== null) names.push(deadlocks[number]!);
  }
  return { texts, names };
}
