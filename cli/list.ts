import { ascii } from '../evidence/ascii.ts';
import { jsonText } from '../evidence/json.ts';
import { describePath } from '../model/scenarios/path-descriptions.ts';
import { pathNames } from '../model/scenarios/scenario.ts';
import { slug } from '../model/scenarios/slug.ts';
import { suites } from '../model/scenarios/suites/index.ts';
import { scenarioToJson } from '../model/scenarios/write.ts';
import { protocols } from '../model/variants/index.ts';
import { properties } from '../properties/index.ts';
import { type Kind, kindNames } from './choices.ts';

/** What there is of each kind: a name, a line on it, and what a program may want to know besides. */
const kinds = {
  scenarios: () =>
    Object.entries(suites).flatMap(([suite, scenarios]) =>
      scenarios.map((s) => ({
        name: s.name,
        about: s.about,
        slug: slug(s.name),
        suite,
        scenario: scenarioToJson(s),
      })),
    ),
  properties: () => properties.map(({ name, claim, source }) => ({ name, about: claim, source })),
  protocols: () => protocols.map(({ name, about, edits }) => ({ name, about, edits })),
  threads: () => pathNames.map((name) => ({ name, about: describePath(name) })),
} as const satisfies Record<Kind, unknown>;

/** What `cowpte list` prints; of every kind where none is named. */
export function list(kind: Kind | undefined, json: boolean): string {
  const wanted = kind === undefined ? kindNames : [kind];
  return json ? asJson(wanted) : asText(wanted);
}

const asJson = (wanted: readonly Kind[]): string =>
  jsonText({ schema: 'cowpte.list/1', ...Object.fromEntries(wanted.map((kind) => [kind, kinds[kind]()])) });

function asText(wanted: readonly Kind[]): string {
  const blocks = wanted.map((kind) => {
    const all: readonly { readonly name: string; readonly about: string }[] = kinds[kind]();
    const width = Math.max(...all.map((one) => one.name.length));
    // Names of scenarios are sentences; a line for each half reads better than columns.
    const apart = width > 40 ? '\n    ' : '  ';
    const lines = all.map(({ name, about }) => {
      const padded = width > 40 ? ascii(name) : ascii(name).padEnd(width);
      return `  ${padded}${about === '' ? '' : apart}${ascii(about)}`.trimEnd();
    });
    return `${wanted.length > 1 ? `${kind}\n` : ''}${lines.join('\n')}\n`;
  });
  return blocks.join('\n');
}
