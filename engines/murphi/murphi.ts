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
import { contextOf, type MurphiContext } from './context.ts';
import { deadlockTexts } from './deadlock.ts';
import { dialectOf } from './dialect.ts';
import { monitorText } from './monitor.ts';
import { quoted, ruleText } from './step.ts';

/**
 * The system in Murphi, for rumur (github.com/Smattr/rumur). Its graph is the explorer's without reductions: one rule for each
 * thread, place and event. There are no unions and no scalarsets in it: numbers of threads, tables and so on are plain
 * ranges with -1 for none, and nothing is ever undefined.
 */
export function murphiText(system: System, options: PrintOptions = {}): string {
  const context = contextOf(planOf(system, options));
  const { plan } = context;
  const { program } = plan;
  return `${[
    header(context),
    `type\n${program.threads.map((t) => placeType(t.number, context)).join('\n')}`,
    `var\n${[...sharedLines(context), ...threadLines(context), ...monitorLines(context)].join('\n')}`,
    ...conditionTexts(context),
    ...program.monitors.map((m) => monitorText(m, context)),
    ...plan.threads.flatMap(({ thread, places }) =>
      places.flatMap((place) =>
        place.steps.filter((s) => s.ways.length > 0).map((step) => ruleText(place, step, thread, context)),
      ),
    ),
    startText(context),
    ...invariantLines(context),
    ...deadlockTexts(context),
  ].join('\n\n')}\n`;
}

const plain = (text: string): string => text.replace(/[^ -~]/g, '?');

function header({ plan }: MurphiContext): string {
  const skipped = plan.program.checks.filter((c) => c.declared.leaves !== null);
  return [
    `-- ${plain(plan.program.system.name)}`,
    '--',
    '-- rumur --deadlock-detection off --symmetry-reduction off --output model.c FILE',
    '-- gcc -O3 -mcx16 -o model model.c -lpthread && ./model',
    '--',
    '-- States and rules fired are the states and transitions of cowpte --no-reduce.',
    ...skipped.map((c) => `-- Not judged here: fair cycles of ${plain(c.declared.name)}.`),
  ].join('\n');
}

const rangeText = (type: Type): string => `${bounds(type).low}..${bounds(type).high}`;

const typeText = ({ over, type }: SharedDeclaration): string =>
  `${over.map((d) => `array [0..${d.size - 1}] of `).join('')}${rangeText(type)}`;

const placeType = (thread: number, { threads }: MurphiContext): string =>
  `  ${threads[thread]!.type}: enum { ${threads[thread]!.places.join(', ')} };`;

const sharedLines = ({ plan, shared }: MurphiContext): string[] =>
  plan.program.system.shared.map((v) => `  ${shared.get(v.name)}: ${typeText(v)};`);

const threadLines = ({ plan, threads }: MurphiContext): string[] =>
  plan.program.threads.flatMap((t) => {
    const { at, type, locals } = threads[t.number]!;
    return [`  ${at}: ${type};`, ...t.locals.map((l) => `  ${locals.get(l.name)}: ${rangeText(l.type)};`)];
  });

const monitorLines = ({ plan, monitors }: MurphiContext): string[] =>
  plan.program.monitors.map((m) => `  ${monitors[m.number]!.place}: 0..${m.places.length - 1};`);

/** Every variable gets a value: one that is undefined would be a value of its own, and reading it an error. */
function startText({ plan, shared, threads, monitors }: MurphiContext): string {
  const { program } = plan;
  const lines = [
    ...program.system.shared.flatMap((v) =>
      Array.from({ length: elements(v) }, (_, n) => {
        const indices = indicesOf(v, n);
        return `${shared.get(v.name)}${indices.map((i) => `[${i}]`).join('')} := ${v.initial(...indices)};`;
      }),
    ),
    ...program.threads.flatMap((t) => {
      const { at, places, locals } = threads[t.number]!;
      return [
        `${at} := ${places[t.entry]};`,
        ...t.locals.map((l) => `${locals.get(l.name)} := ${l.initial};`),
      ];
    }),
    ...program.monitors.map((m) => `${monitors[m.number]!.place} := ${m.entry};`),
  ];
  return `startstate "start"\nbegin\n${lines.map((l) => `  ${l}`).join('\n')}\nend;`;
}

function conditionTexts(context: MurphiContext): string[] {
  const { plan } = context;
  const d = dialectOf(context, null);
  const everyone = plan.program.threads.map((t) => t.number);
  const text = (name: string, that: string): string =>
    `function ${name}(): boolean;\nbegin\n  return ${that};\nend;`;
  return [
    ...plan.always.map((c) => text(context.conditions.get(c)!, truthText(c.that, plan.program.scope, d))),
    ...plan.atEnd.map((c) =>
      text(
        context.conditions.get(c)!,
        d.either(d.not(endedText(everyone, d)), truthText(c.that, plan.program.scope, d)),
      ),
    ),
  ];
}

/** One invariant for each check: rumur names it when it fails. */
const invariantLines = ({ plan, conditions }: MurphiContext): string[] =>
  plan.program.checks.flatMap(({ number, declared }) => {
    const mine = [...plan.always, ...plan.atEnd].filter((c) => c.check === number);
    if (mine.length === 0) return [];
    return [`invariant ${quoted(declared.name)} ${mine.map((c) => `${conditions.get(c)}()`).join(' & ')};`];
  });
