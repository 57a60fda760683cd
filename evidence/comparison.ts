import type { ComparedStep, Walk } from '../explorer/compare/parting.ts';
import type { Reason, Verdict } from '../explorer/outcome.ts';
import { ascii } from './ascii.ts';
import { count, type Paint } from './verdicts.ts';
import { wrap } from './wrap.ts';

interface ShownPair {
  readonly scenario: string;
  readonly property: string;
  readonly verdicts: readonly [Verdict, Verdict];
  readonly steps: readonly [number | null, number | null];
  readonly exercised: readonly [boolean, boolean];
  readonly change: string;
}

interface ShownScenario {
  readonly scenario: string;
  /** Why a search ended before it had seen everything. */
  readonly reasons: readonly [Reason, Reason];
  readonly walk: Walk;
  readonly endings: readonly [readonly string[], readonly string[]] | null;
}

interface ShownStep {
  readonly function: string;
  readonly file: string;
  readonly line: number;
  readonly step: string;
  readonly says: string;
  readonly isThere: boolean;
}

interface ShownLoss {
  readonly steps: readonly ShownStep[];
  readonly branches: readonly (ShownStep & { readonly event: string; readonly leadsTo: string })[];
}

/** What the text needs to know of a comparison. */
export interface ShownComparison {
  readonly protocols: readonly [string, string];
  readonly verdicts: readonly ShownPair[];
  readonly scenarios: readonly ShownScenario[];
  readonly only: readonly [ShownLoss, ShownLoss];
}

const width = 100;
const block = (text: string, indent: number, hang = 4): readonly string[] =>
  wrap(ascii(text, 5000), width - indent, hang).map((line) => ' '.repeat(indent) + line);

/** Two protocols side by side: verdicts, where their behaviour parts, what only one of them does and how only one of them ends. */
export function comparisonText(comparison: ShownComparison, paint: Paint = (_, text) => text): string {
  const [first, second] = comparison.protocols.map((name) => ascii(name)) as [string, string];
  const lines = [
    `${first} -> ${second}, ${count(comparison.scenarios.length, 'scenario')}`,
    '',
    ...verdictLines(comparison, paint),
    ...idleLines(comparison),
    ...partingLines(comparison),
    ...cutLines(comparison),
    ...lossLines(comparison.only[0], first, second),
    ...lossLines(comparison.only[1], second, first),
    ...endingLines(comparison, 0),
    ...endingLines(comparison, 1),
    summary(comparison),
  ];
  return `${lines.join('\n')}\n`;
}

const changes = ['introduced', 'unknown', 'kept', 'fixed'] as const;

function verdictLines({ verdicts, protocols, scenarios }: ShownComparison, paint: Paint): readonly string[] {
  const shown = verdicts.filter((v) => v.change !== 'holds');
  const longest = Math.max(0, ...shown.map((v) => v.property.length));
  const column = Math.max(10, ...protocols.map((name) => name.length + 2));
  const rows = scenarios.flatMap(({ scenario }) => {
    const own = shown.filter((v) => v.scenario === scenario);
    if (own.length === 0) return [];
    const sorted = changes.flatMap((change) => own.filter((v) => v.change === change));
    return [
      `  ${ascii(scenario)}`,
      ...sorted.map(({ change, property, verdicts: [a, b], steps }) => {
        const [x, y] = [paint(a, a.padEnd(column)), paint(b, b)];
        const lengths = steps.filter((n) => n !== null).join(' and ');
        const note = lengths === '' ? '' : `  (${lengths} steps)`;
        return `    ${change.padEnd(11)} ${ascii(property).padEnd(longest)}  ${x}${y}${note}`;
      }),
    ];
  });
  if (rows.length === 0) {
    const idle = verdicts.filter((v) => !v.exercised[0] && !v.exercised[1]).length;
    const note = idle === 0 ? '' : ` (${idle} of ${count(verdicts.length, 'verdict')} not exercised)`;
    return [`every property holds in both${note}`, ''];
  }
  const [a, b] = protocols.map((name) => ascii(name)) as [string, string];
  return [`${'verdicts'.padEnd(longest + 18)}${a.padEnd(column)}${b}`, ...rows, ''];
}

/** A property that holds because what could break it is gone says less than before. */
function idleLines({ verdicts, protocols }: ShownComparison): readonly string[] {
  const idle = verdicts.filter((v) => v.verdicts[1] === 'holds' && v.exercised[0] && !v.exercised[1]);
  if (idle.length === 0) return [];
  const names = [...new Set(idle.map((v) => v.property))].map((property) => {
    const own = idle.filter((v) => v.property === property).length;
    return `${property} (${count(own, 'scenario')})`;
  });
  return [
    `holds, but ${ascii(protocols[1])} no longer does what could break it`,
    ...block(names.join(', '), 2),
    '',
  ];
}

/** What a search that ended early did not take it may have taken later. */
function cutLines({ scenarios }: ShownComparison): readonly string[] {
  const cut = scenarios.filter(({ reasons }) => reasons.some((reason) => reason !== null)).length;
  if (cut === 0) return [];
  const what = `in ${count(cut, 'scenario')} a search ended early: what it did not take it may have taken later`;
  return [...block(what, 0), ''];
}

const stepText = ({ thread, file, line, function: within, says, event }: ComparedStep): string =>
  `${thread} ${within}() ${file}:${line}: ${says}${event === 'STEP' ? '' : ` (${event})`}`;

/** How many steps before the parting are shown. */
const LAST = 4;

/** Scenarios that part in the same way stand under the one with the shortest run. */
function partingLines({ scenarios, protocols }: ShownComparison): readonly string[] {
  const ways = new Map<string, ShownScenario[]>();
  for (const one of scenarios) {
    const { parting } = one.walk;
    // The place has other names in other uses of the code.
    const { thread: _thread, step: _place, ...step } = parting?.step ?? { thread: '', step: '' };
    const key = parting ? JSON.stringify([parting.by, step]) : one.walk.exhaustive ? 'none' : 'unknown';
    ways.set(key, [...(ways.get(key) ?? []), one]);
  }
  const blocks = [...ways].flatMap(([key, own]) => {
    if (key === 'none')
      return [`  nowhere in ${count(own.length, 'scenario')}: every step of one is a step of the other`];
    if (key === 'unknown')
      return [`  not in what was walked of ${count(own.length, 'scenario')}, which is not all`];
    const [shortest] = [...own].sort((a, b) => a.walk.parting!.run.length - b.walk.parting!.run.length);
    const { run, by, step, instead, at } = shortest!.walk.parting!;
    const others =
      own.length > 1 ? `, and in ${count(own.length - 1, 'other scenario')} in the same way` : '';
    const skipped = run.length > LAST ? [`    ${count(run.length - LAST, 'step')}, then`] : [];
    return [
      `  in ${ascii(shortest!.scenario)}${others}, after ${count(run.length, 'step')}`,
      ...skipped,
      ...run.slice(-LAST).flatMap((s) => block(stepText(s), 4)),
      ...block(`${protocols[by]} can: ${stepText(step)}`, 2),
      ...block(
        instead
          ? `${protocols[1 - by]} has instead: ${stepText(instead)}`
          : `${protocols[1 - by]} cannot: ${step.thread} stands at ${at}`,
        2,
      ),
    ];
  });
  return ['where they part', ...blocks, ''];
}

function lossLines({ steps, branches }: ShownLoss, taker: string, other: string): readonly string[] {
  const never = ({ isThere }: ShownStep): string => (isThere ? `  (${other} has it and never takes it)` : '');
  const where = (s: ShownStep): string => `${s.function}() ${s.file}:${s.line}`;
  const stepRows = steps.flatMap((s) => block(`${where(s)}: ${s.says}${never(s)}`, 2));
  const branchRows = branches.flatMap((b) => {
    const event = b.event === 'STEP' ? '' : ` (${b.event})`;
    return block(`${where(b)}: ${b.says}${event} -> ${b.leadsTo}${never(b)}`, 2);
  });
  return [
    ...(steps.length > 0 ? [`steps that ${taker} takes and ${other} does not`, ...stepRows, ''] : []),
    ...(branches.length > 0
      ? [`ways on from a common step that ${taker} takes and ${other} does not`, ...branchRows, '']
      : []),
  ];
}

/** How many ends of a scenario are shown. */
const ENDS = 6;

function endingLines({ scenarios, protocols }: ShownComparison, by: 0 | 1): readonly string[] {
  const rows = scenarios.flatMap(({ scenario, endings }) =>
    endings === null || endings[by].length === 0
      ? []
      : [
          `  ${ascii(scenario)}`,
          ...endings[by].slice(0, ENDS).flatMap((end) => block(end, 4)),
          ...(endings[by].length > ENDS ? [`    and ${endings[by].length - ENDS} more`] : []),
        ],
  );
  const unknown = scenarios.filter((s) => s.endings === null).length;
  const note =
    unknown > 0 ? [`  not known of ${count(unknown, 'scenario')}: a search for them ended early`] : [];
  if (rows.length + note.length === 0) return [];
  return [`ends that only ${ascii(protocols[by])} has`, ...rows, ...note, ''];
}

function summary({ verdicts, protocols }: ShownComparison): string {
  const number = (change: string): number => verdicts.filter((v) => v.change === change).length;
  const parts = [...changes, 'holds'].map(
    (change) => `${number(change)} ${change === 'holds' ? 'hold in both' : change}`,
  );
  return ascii(`${protocols.join(' -> ')}: ${parts.join(', ')}`);
}
