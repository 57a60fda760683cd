import type { Reason, Verdict } from '../explorer/outcome.ts';
import { ascii } from './ascii.ts';
import { wrap } from './wrap.ts';

/** What the table needs to know of one property's verdict. */
export interface ShownVerdict {
  readonly property: string;
  readonly verdict: Verdict;
  readonly reason: Reason;
  readonly exercised: boolean;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly exhaustive: boolean;
  readonly trace: { readonly steps: readonly unknown[]; readonly shortest: boolean } | null;
}

/** How a verdict word is painted. */
export type Paint = (verdict: Verdict, text: string) => string;

/** Everything that a verdict says of itself: the word, whether the search came near it, and why nothing is known. */
export function verdictText({
  verdict,
  exercised,
  reason,
}: Pick<ShownVerdict, 'verdict' | 'exercised' | 'reason'>): string {
  if (verdict === 'unknown') return `unknown (${reason ?? 'search ended'})`;
  return verdict === 'holds' && !exercised ? 'holds (not exercised)' : verdict;
}

const width = 100;
const column = 10;

/** The verdicts of one scenario: what was searched, then each violated or unknown property, then those that hold. */
export function verdictTable(
  scenario: string,
  verdicts: readonly ShownVerdict[],
  seconds: number,
  paint: Paint = (_, text) => text,
): string {
  const lines = [ascii(scenario), `  ${extent(verdicts[0])} in ${seconds.toFixed(1)} s`];
  for (const { property, trace } of verdicts.filter((v) => v.verdict === 'violated')) {
    const steps = trace === null ? '' : `  after ${count(trace.steps.length, 'step')}`;
    lines.push(`  ${paint('violated', 'violated'.padEnd(column))}${ascii(property)}${steps}`);
  }
  const group = (verdict: Verdict, text: string, exercised: boolean | null): void => {
    const names = verdicts
      .filter((v) => v.verdict === verdict && (exercised === null || v.exercised === exercised))
      .map((v) => ascii(v.property));
    if (names.length === 0) return;
    wrap(names.join(', '), width - column - 2).forEach((line, i) => {
      const head = i === 0 ? text.padEnd(column) : ' '.repeat(column);
      lines.push(`  ${i === 0 ? paint(verdict, head) : head}${line}`);
    });
  };
  group('unknown', 'unknown', null);
  group('holds', 'holds', true);
  const idle = verdicts.filter((v) => v.verdict === 'holds' && !v.exercised).map((v) => ascii(v.property));
  if (idle.length > 0) {
    lines.push(`  ${paint('holds', 'holds (not exercised)')}`);
    lines.push(...wrap(idle.join(', '), width - column - 2).map((line) => `  ${' '.repeat(column)}${line}`));
  }
  return `${lines.join('\n')}\n`;
}

/** How far the search went. `holds` is never said without it. */
function extent(verdict: ShownVerdict | undefined): string {
  if (!verdict) return 'nothing was judged';
  const { states, transitions, depth, exhaustive, reason } = verdict;
  const whole = exhaustive ? 'exhaustive' : `not exhaustive (${reason ?? 'ended at the first violation'})`;
  return `${count(states, 'state')}, ${count(transitions, 'transition')}, depth ${depth}, ${whole},`;
}

/** A number with its noun, digits in groups of three. */
export function count(n: number, noun: string): string {
  return `${String(n).replace(/\B(?=(\d{3})+$)/g, ',')} ${noun}${n === 1 ? '' : 's'}`;
}

/** The whole run in one line. */
export function summary(verdicts: readonly ShownVerdict[], scenarios: number): string {
  const properties = new Set(verdicts.map((v) => v.property));
  const worst = (verdict: Verdict): ReadonlySet<string> =>
    new Set(verdicts.filter((v) => v.verdict === verdict).map((v) => v.property));
  const violated = worst('violated');
  const unknown = new Set([...worst('unknown')].filter((name) => !violated.has(name)));
  const holds = properties.size - violated.size - unknown.size;
  const parts = [`${violated.size} violated`, `${unknown.size} unknown`, `${holds} hold in all`];
  const both = `${properties.size} ${properties.size === 1 ? 'property' : 'properties'}`;
  return `${count(scenarios, 'scenario')}, ${both}: ${parts.join(', ')}`;
}
