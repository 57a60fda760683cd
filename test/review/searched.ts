import { assemble } from '../../checking/assemble.ts';
import type { Options } from '../../explorer/options.ts';
import { explore } from '../../explorer/search/explore.ts';
import { readScenario } from '../../model/scenarios/read.ts';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import { suites } from '../../model/scenarios/suites/index.ts';
import { protocols } from '../../model/variants/index.ts';
import type { Protocol } from '../../model/variants/protocol.ts';
import { properties } from '../../properties/index.ts';
import { findingText } from '../../review/lint/finding.ts';
import { readPatch } from '../../review/read-patch.ts';
import { type TextProtocol, textProtocol } from '../../review/translate/text-protocol.ts';

/** The protocol of a C text, or of a mail. */
export async function protocolOf(
  text: string | Uint8Array,
  name = 'break.c',
  symbols: Readonly<Record<string, number>> = {},
): Promise<TextProtocol> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return textProtocol(name, [await readPatch(name, bytes)], symbols);
}

export const handWritten = (name: string): Protocol => protocols.find((one) => one.name === name)!;
export const scenarioNamed = (name: string): Scenario => suites.default.find((one) => one.name === name)!;

/** Two breaks or faults, in as few states as possible. */
export const scenario = (threads: readonly string[], config: object = {}): Scenario =>
  readScenario(
    JSON.stringify({
      mms: Object.fromEntries([...new Set(threads.map((t) => t[0]!))].map((mm) => [mm, {}])),
      threads: threads.map((thread) => {
        const [mm, run] = thread.split(' ');
        return { mm, run, ...(run === 'exit' && { after: 'own' }) };
      }),
      config,
    }),
    threads.join(', '),
  );

/** The verdict of each property, by a search with all reductions. */
export const verdicts = (protocol: Protocol, on: Scenario) => judged(protocol, on, {}).verdicts;

/** What a search finds, and the number of states where nothing but dead locals is left out of them. */
export const searched = (protocol: Protocol, on: Scenario) =>
  judged(protocol, on, { reductions: ['dead-locals'] });

function judged(protocol: Protocol, on: Scenario, options: Partial<Options>) {
  const system = assemble(on, protocol, properties);
  const { findings, states, exhaustive } = explore(system, options);
  const told = ({ verdict, exercised }: (typeof findings)[number]): string =>
    exercised ? verdict : `${verdict} (not exercised)`;
  return { states, exhaustive, verdicts: Object.fromEntries(findings.map((f) => [f.check, told(f)])) };
}

/** The properties that are violated. */
export const violated = (protocol: Protocol, on: Scenario): string[] =>
  Object.entries(verdicts(protocol, on)).flatMap(([name, verdict]) =>
    verdict.startsWith('violated') ? [name] : [],
  );

/** What the text is warned of, once it was put together with a scenario. */
export function warningsOf(text: TextProtocol, on: Scenario): string[] {
  assemble(on, text.protocol, []);
  return text.findings().map((finding) => findingText('break.c', finding));
}
