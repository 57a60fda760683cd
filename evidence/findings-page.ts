import { count } from './verdicts.ts';
import { wrap } from './wrap.ts';

/** A finding with its trace, ready to be printed. */
export interface FindingText {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly property: string;
  readonly protocol: string;
  readonly scenario: string;
  /** What runs, and where the configuration is not the default one. */
  readonly threads: readonly { readonly id: string; readonly run: string }[];
  readonly config: readonly string[];
  readonly lines: string;
  readonly edits: readonly string[];
  readonly explanation: string;
  readonly instead: string;
  /** The drawing of the shortest run. */
  readonly trace: string;
  /** Number of states in which the property holds in the corrected protocol, in the same scenario; null if that was not asked. */
  readonly fixedStates: number | null;
  /** Every violation that it explains: scenarios with the properties that are violated in each. */
  readonly covers: readonly {
    readonly scenarios: readonly string[];
    readonly properties: readonly string[];
  }[];
}

/** A suspicion that was not confirmed, with the searches that say so. */
export interface RefutedText {
  readonly suspicion: string;
  readonly properties: readonly string[];
  readonly searches: readonly { readonly scenario: string; readonly states: number }[];
}

export interface FindingsPage {
  readonly findings: readonly FindingText[];
  readonly ofVersion4: readonly FindingText[];
  readonly refuted: readonly RefutedText[];
  readonly scenarios: number;
}

const width = 110;
export const paragraph = (text: string): string => `${wrap(text, width, 0).join('\n')}\n`;
const item = (text: string): string => `${wrap(`* ${text}`, width, 2).join('\n')}\n`;
const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

const intro = (scenarios: number): string => `# What is wrong with version 5

This page is made by \`npm run docs\` from searches of the program; a test makes it again and compares.

${paragraph(`The default suite (${count(scenarios, 'scenario')}, each searched whole) was run on the patch as posted. Each violation belongs to one of the findings below: one root cause, one finding. The trace is a shortest one. Steps that had no part in the violation are left out of it, and lines count in the file as the patch leaves it.`)}
${item('corruption: there is a run that harms data, leaks or frees a table, or disables a mechanism of the kernel.')}${item('false alarm: a warning fires while nothing is wrong.')}${item('harmless: a rule is broken, and in the scenarios of the suite nothing comes of it by itself.')}`;

/** docs/findings.md. */
export function findingsPage({ findings, ofVersion4, refuted, scenarios }: FindingsPage): string {
  const order = ['corruption', 'false alarm', 'harmless'];
  const sorted = order.flatMap((kind) => findings.filter((f) => f.kind === kind));
  return [
    intro(scenarios),
    '\n| finding | kind | property | mended by |\n| --- | --- | --- | --- |\n',
    ...sorted.map((f) => `| [${f.title}](#${f.id}) | ${f.kind} | \`${f.property}\` | ${code(f.edits)} |\n`),
    `\n${paragraph('The last column names the edits of the corrected protocol, which [fixed-protocol.md](fixed-protocol.md) describes.')}`,
    ...sorted.map(section),
    '\n# Version 4: the emptied slot\n\n',
    paragraph(
      'In the review of version 4 it was asked what stops another fault from stumbling over the slot while it is empty, and from installing an empty table there. Nothing does. Version 5 no longer has this.',
    ),
    ...ofVersion4.map(section),
    '\n# What was suspected and holds\n\n',
    paragraph(
      'Each of these holds on v5 in every order of steps of the scenarios named, with the number of states that were searched.',
    ),
    ...refuted.map(
      (r) =>
        `\n${paragraph(r.suspicion)}\n${item(`Holds: ${code(r.properties)}.`)}${r.searches
          .map((s) => item(`${s.scenario}: ${count(s.states, 'state')}.`))
          .join('')}`,
    ),
  ].join('');
}

function section(f: FindingText): string {
  const needs = [...f.threads.map((t) => `${t.id} ${t.run}`), ...f.config].join(', ');
  const held =
    f.fixedStates === null
      ? ''
      : ` In \`fixed\` the property holds in this scenario (${count(f.fixedStates, 'state')}, exhaustive).`;
  const mended = f.edits.length === 0 ? 'Instead' : `Instead, in \`fixed\` (${code(f.edits)})`;
  return [
    `\n<a id="${f.id}"></a>\n\n## ${f.title}\n\n`,
    item(`Kind: ${f.kind}.`),
    item(`Violated: \`${f.property}\`, by \`${f.protocol}\`.`),
    item(`Where: ${f.lines}.`),
    item(`Needs: "${f.scenario}" (${needs}).`),
    `\n${paragraph(f.explanation)}`,
    `\n${paragraph(`${mended}: ${f.instead}${held}`)}`,
    `\n\`\`\`\n${f.trace}\`\`\`\n`,
    '\nAll that it explains:\n\n',
    ...f.covers.map((c) => item(`${code(c.properties)} in ${c.scenarios.map((s) => `"${s}"`).join('; ')}.`)),
  ].join('');
}
