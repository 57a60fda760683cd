import { contrastTrace } from '../checking/contrast.ts';
import { sarifText } from '../evidence/sarif/log.ts';
import type { Judgement } from '../evidence/sarif/run-facts.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { scenarioToJson } from '../model/scenarios/write.ts';
import { properties } from '../properties/index.ts';
import { findProtocol } from './find-protocol.ts';
import { engines } from './parts.ts';
import { version } from './version.ts';

/** A verdict in a scenario, as SARIF has it but for what is worked out here. */
export type Verdict = Omit<Judgement, 'scenario' | 'identity' | 'contrast'>;

/** A SARIF log. For each violation a run without one is sought in the same scenario, for contrast. */
export function sarifOf(
  protocolName: string,
  verdicts: readonly { readonly scenario: Scenario; readonly verdict: Verdict }[],
): string {
  const judged = new Set(verdicts.map(({ verdict }) => verdict.property));
  return sarifText({
    version,
    protocol: protocolName,
    rules: properties.filter(({ name }) => judged.has(name)),
    judgements: verdicts.map(({ scenario, verdict }): Judgement => {
      // A scenario that was only given another name is the same.
      const identity = JSON.stringify({ ...scenarioToJson(scenario), name: '', about: '' });
      const contrast = contrastOf(protocolName, scenario, verdict);
      return { ...verdict, scenario: scenario.name, identity, contrast };
    }),
  });
}

function contrastOf(
  protocolName: string,
  scenario: Scenario,
  { property, trace }: Verdict,
): Judgement['contrast'] {
  if (trace === null) return null;
  const protocol = findProtocol(protocolName);
  return contrastTrace(engines.xstate.assemble(scenario, protocol, properties), trace, property);
}
