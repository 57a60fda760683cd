import { paragraph } from './findings-page.ts';
import { count } from './verdicts.ts';

/** An edit of the corrected protocol, and what fails when it is left out. */
export interface EditText {
  readonly name: string;
  readonly title: string;
  readonly what: string;
  readonly why: string;
  readonly cost: string;
  readonly leftOut: {
    readonly property: string;
    readonly scenario: string;
    readonly needed: string;
    readonly found: string;
    readonly steps: number;
    readonly states: number;
    /** The step at which it is violated: function, file and line. */
    readonly at: string;
  };
}

export interface FixedProtocolPage {
  readonly edits: readonly EditText[];
  readonly scenarios: number;
}

const anchor = (edit: EditText): string => edit.name.toLowerCase();

/** docs/fixed-protocol.md. */
export function fixedProtocolPage({ edits, scenarios }: FixedProtocolPage): string {
  return [
    '# A corrected protocol\n\nThis page is made by `npm run docs`; a test makes it again and compares.\n\n',
    paragraph(
      `The protocol \`fixed\` is version 5 with ${edits.length} edits. In it every property holds in each of the ${scenarios} scenarios of the default suite, each searched whole. That is said of these scenarios and of the model, not of a kernel: [model.md](model.md) has what is left out. It is one way to mend the patch, and not the only one.`,
    ),
    '\n',
    paragraph(
      'No edit can be left out. The table says what fails without it, with all the others in place; try `cowpte explain fixed`.',
    ),
    '\n| edit | without it | in the scenario |\n| --- | --- | --- |\n',
    ...edits.map(
      (e) => `| [${e.name}](#${anchor(e)}) | \`${e.leftOut.property}\` | ${e.leftOut.scenario} |\n`,
    ),
    '\n## The order of locks\n\n',
    paragraph(
      'mmap_lock, or the rwsem of the reverse map; then the pmd lock of the mm; then the lock in the page of the table. Of two mms that share a table each takes its own pmd lock first, then the one lock of the table, so no cycle is possible. The pmd lock says which table a slot points to; the lock of the table covers its entries, the number of its sharers, and their going from one to two and back.',
    ),
    ...edits.map(section),
  ].join('');
}

function section(e: EditText): string {
  const { property, scenario, at, needed, found, steps, states } = e.leftOut;
  return [
    `\n<a id="${anchor(e)}"></a>\n\n## ${e.title}\n\n`,
    paragraph(`\`${e.name}\`. ${e.what}`),
    `\n${paragraph(`Why: ${e.why}`)}`,
    `\n${paragraph(`Cost: ${e.cost}`)}`,
    `\n${paragraph(`Left out: \`${property}\` is violated in "${scenario}" (${count(states, 'state')}), after ${count(steps, 'step')}, ${at}. Needed: ${needed}; found: ${found}.`)}`,
  ].join('');
}
