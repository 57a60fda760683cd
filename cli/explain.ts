import { breakersOf, violatedBy } from '../checking/findings/violations.ts';
import { resolvedThreads } from '../checking/result.ts';
import { ascii } from '../evidence/ascii.ts';
import { wrap } from '../evidence/wrap.ts';
import { InputError } from '../model/scenarios/input-error.ts';
import { describePath } from '../model/scenarios/path-descriptions.ts';
import { quoted } from '../model/scenarios/quoted.ts';
import { pathNames, type Scenario } from '../model/scenarios/scenario.ts';
import { slug } from '../model/scenarios/slug.ts';
import { didYouMean } from '../model/scenarios/suggestion.ts';
import { protocols } from '../model/variants/index.ts';
import { asPosted, type Protocol } from '../model/variants/protocol.ts';
import { properties } from '../properties/index.ts';
import type { Property } from '../properties/property.ts';
import { explainPath } from './explain-path.ts';
import { shippedScenario, shippedScenarios } from './find-scenarios.ts';

/** What `cowpte explain` prints of a name. */
export function explain(name: string): string {
  const property = properties.find((p) => p.name === name);
  if (property) return ofProperty(property);
  const protocol = protocols.find((p) => p.name === name);
  if (protocol) return ofProtocol(protocol);
  const scenario = shippedScenario(name);
  if (scenario) return ofScenario(scenario);
  const path = pathNames.find((p) => p === name);
  if (path) return explainPath(path);
  const known = [
    ...pathNames,
    ...properties.map((p) => p.name),
    ...protocols.map((p) => p.name),
    ...shippedScenarios().flatMap((s) => [s.name, slug(s.name)]),
  ];
  const hint = didYouMean(name, known);
  const what = `no property, protocol, scenario or thread is called ${quoted(name)}`;
  throw new InputError('unknown-name', 'explain', what, hint.startsWith('did') ? hint : "see 'cowpte list'");
}

const width = 100;
const paragraph = (text: string, hang = 2): string =>
  wrap(ascii(text, 2000), width - 2, hang)
    .map((line) => `  ${line}\n`)
    .join('');

function ofProperty({ name, claim, source, exercisedBy }: Property): string {
  const where = source.line === null ? '' : `mm/memory.c:${source.line}: `;
  const sets = exercisedBy.map((kinds) => kinds.join(' or '));
  return [
    `${name} (property)\n`,
    paragraph(claim),
    paragraph(`From: ${where}${source.text}`),
    paragraph(`Judged in: cowpte check --property ${name}`),
    sets.length === 0
      ? paragraph('Counts as exercised by every search.')
      : paragraph(
          `Counts as exercised once a search has taken a step of each of these kinds: ${sets.join('; ')}.`,
        ),
    paragraph('Broken by:'),
    ...breakersOf(name).map(({ protocol, scenario }) => paragraph(`${protocol} in "${scenario}"`, 4)),
  ].join('');
}

function ofProtocol({ name, about, edits }: Protocol): string {
  const posted: Readonly<Record<string, unknown>> = { ...asPosted };
  const changed = Object.entries(edits).filter(([key, value]) => value !== posted[key]);
  const lines = changed.map(([key, value]) =>
    paragraph(`${key}: ${String(value)} (as posted: ${String(posted[key])})`),
  );
  return [
    `${name} (protocol)\n`,
    paragraph(about),
    lines.length === 0
      ? paragraph('It changes nothing in the patch as posted.')
      : paragraph('What it changes:'),
    ...lines,
    ...violations(name),
    paragraph(`Try: cowpte check --protocol ${name}`),
  ].join('');
}

function violations(protocol: string): readonly string[] {
  const known = violatedBy(protocol);
  if (known.length === 0) return [paragraph('Every property holds in the default suite.')];
  const rows = known.map(({ scenario, violated }) =>
    paragraph(`in "${scenario}": ${violated.join(', ')}`, 4),
  );
  return [paragraph('What it violates:'), ...rows];
}

function ofScenario(scenario: Scenario): string {
  const { name, about, mms, config } = scenario;
  const threads = resolvedThreads(scenario).map(({ id, run, after }) => {
    const start = after === null ? '' : `, after ${after === 'own' ? 'the tasks of its mm' : 'the fork'}`;
    return paragraph(`${id}  ${run}${start}: ${describePath(run)}`, 4);
  });
  const keys = Object.entries(config).map(([key, value]) => `${key} ${String(value)}`);
  return [
    `${name} (scenario)\n`,
    paragraph(about),
    ...mms.map((mm) =>
      paragraph(`mm ${mm.name}: ${mm.slots.join(', ')}${mm.member ? '' : ' (does not share yet)'}`),
    ),
    ...threads,
    paragraph(`Configuration: ${keys.join(', ')}`),
    paragraph(`Try: cowpte check --scenario ${slug(name)}`),
  ].join('');
}
