import type { Verdict } from '../explorer/outcome.ts';
import { ascii } from './ascii.ts';
import { count, type Paint, type ShownVerdict } from './verdicts.ts';

const order: readonly Verdict[] = ['violated', 'unknown', 'holds'];

/** A verdict on a property over all scenarios: the worst of them, and in how many. */
interface Overall {
  readonly property: string;
  readonly verdict: Verdict;
  readonly text: string;
}

function overall(property: string, verdicts: readonly ShownVerdict[]): Overall {
  const verdict = order.find((v) => verdicts.some((one) => one.verdict === v)) ?? 'unknown';
  const same = verdicts.filter((one) => one.verdict === verdict);
  const all = verdicts.length;
  if (verdict !== 'holds')
    return { property, verdict, text: `in ${same.length} of ${count(all, 'scenario')}` };
  const exercised = same.filter((one) => one.exercised).length;
  const near = exercised === 0 ? 'not exercised' : `exercised in ${exercised}`;
  return { property, verdict, text: `in all ${count(all, 'scenario')} (${near})` };
}

/** One line for each property over all scenarios, the violated ones first, and the whole run in one last line. */
export function overview(
  verdicts: readonly ShownVerdict[],
  scenarios: number,
  protocol: string,
  paint: Paint = (_, text) => text,
): string {
  const names = [...new Set(verdicts.map((v) => v.property))];
  const lines = names.map((name) =>
    overall(
      name,
      verdicts.filter((v) => v.property === name),
    ),
  );
  const width = Math.max(0, ...names.map((name) => name.length));
  const rows = order.flatMap((verdict) =>
    lines
      .filter((line) => line.verdict === verdict)
      .map(
        ({ property, text }) =>
          `${paint(verdict, verdict.padEnd(10))}${ascii(property).padEnd(width)}  ${text}\n`,
      ),
  );
  const number = (verdict: Verdict): number => lines.filter((line) => line.verdict === verdict).length;
  const properties = count(names.length, 'property', 'properties');
  const verb = number('holds') === 1 ? 'holds' : 'hold';
  const parts = [
    `${number('violated')} violated`,
    `${number('unknown')} unknown`,
    `${number('holds')} ${verb}`,
  ];
  const last = `protocol ${ascii(protocol)}, ${count(scenarios, 'scenario')}, ${properties}: ${parts.join(', ')}\n`;
  return `${scenarios > 1 ? `${rows.join('')}\n` : ''}${last}`;
}
