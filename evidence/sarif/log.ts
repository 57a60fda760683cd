import type { Log, ReportingDescriptor, Run } from 'sarif';
import { jsonLine } from '../json.ts';
import { sourceTree } from './places.ts';
import { resultOf } from './result.ts';
import type { Rule, RunFacts } from './run-facts.ts';

/** The run as a SARIF 2.1.0 log: a rule for each property, a result for each verdict. The same run gives the same bytes. */
export function sarifText({ version, protocol, rules, judgements }: RunFacts): string {
  const numbers = new Map(rules.map((rule, i) => [rule.name, i]));
  const run: Run = {
    tool: {
      driver: {
        name: 'cowpte',
        version,
        semanticVersion: version,
        shortDescription: {
          text: 'A model checker for the copy-on-write page-table protocol of a Linux kernel patch.',
        },
        rules: rules.map(descriptorOf),
      },
    },
    automationDetails: { id: `cowpte/${protocol}/` },
    originalUriBaseIds: {
      [sourceTree]: {
        description: { text: 'The root of a Linux source tree to which the patches are applied.' },
      },
    },
    columnKind: 'unicodeCodePoints',
    results: judgements.map((judgement) => {
      const index = numbers.get(judgement.property);
      if (index === undefined) throw new ReferenceError(`no rule is named '${judgement.property}'`);
      return resultOf(judgement, rules[index]!, index, protocol);
    }),
    properties: { protocol },
  };
  const log: Log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [run],
  };
  // Without blanks: indentation would double a log whose steps carry states.
  return jsonLine(log);
}

function descriptorOf({ name, claim, source }: Rule): ReportingDescriptor {
  const from = `${source.line === null ? '' : `mm/memory.c:${source.line}: `}${source.text}`;
  return {
    id: name,
    shortDescription: { text: claim },
    fullDescription: { text: `${claim}. From: ${from}.` },
    help: { text: `${claim}.\nFrom: ${from}.\nMore: cowpte explain ${name}` },
    defaultConfiguration: { level: 'error' },
    ...(source.line !== null && { properties: { file: 'mm/memory.c', line: source.line } }),
  };
}
