import type { ParsedUnit } from '../../syntax/parsed-unit.ts';
import type { Expr, Stmt } from '../../syntax/tree.ts';
import { callsIn } from '../../syntax/walk.ts';
import { complaint, type Partly } from '../program.ts';
import type { Code } from './code.ts';
import { codeOf } from './code-of.ts';
import { Emitter, variable } from './emitter.ts';
import { lineOfKernel } from './line-of-kernel.ts';
import { addedIn } from './lower-hook.ts';
import { lowerStatement } from './statements.ts';

/** What both functions know of the entry that is zapped. */
export const ENTRY_PARAMETERS = [
  'tlb',
  'vma',
  'mm',
  'pte',
  'addr',
  'details',
  'pte_details',
  'ptent',
] as const;

/** A function that zaps one entry, as far as the model has it round the hook of a patch. */
interface Zapping {
  readonly name: 'zap_present_pte' | 'zap_nopresent_pte';
  /** The call that clears the entry where no patch takes it away, and the line of the kernel. */
  readonly clears: string;
  readonly line: number;
  /** What the model does before the hook, and behind it, on the value that was read first and the pointer. */
  readonly before: string | null;
  readonly behind: string | null;
}

const zapping: readonly Zapping[] = [
  {
    name: 'zap_present_pte',
    clears: 'ptep_get_and_clear_full',
    line: 1392,
    before: null,
    behind: 'batch page',
  },
  {
    name: 'zap_nopresent_pte',
    clears: 'pte_clear_not_present_full',
    line: 1459,
    before: 'swap count -1',
    behind: null,
  },
];

/** The calls that clear an entry: a patch that takes one away is followed. */
export const clearingCalls: readonly string[] = zapping.map(({ clears }) => clears);

/** zap_present_pte() and zap_nopresent_pte(), with what the units add to them. */
export const zapEntryFunctions = (name: string, units: readonly ParsedUnit[]): ReadonlyMap<string, Partly> =>
  new Map(
    zapping.map((one) => {
      const shown = statementsOf(name, units, one);
      return [
        one.name,
        {
          parameters: ENTRY_PARAMETERS,
          lower: (program) => lowered(new Emitter(program, new Set()), one, shown),
        },
      ];
    }),
  );

/** The statements that stand in the place of the clear; null where the patch leaves the function alone. */
function statementsOf(
  name: string,
  units: readonly ParsedUnit[],
  { name: function_, clears }: Zapping,
): readonly Stmt[] | null {
  const own = units.filter(({ unit }) => unit.kind === 'fragment' && unit.name === function_);
  const keeps = (s: Stmt): boolean => s.k === 'expression' && callsIn(s).includes(clears);
  const shown = own.flatMap(({ tree }) => (tree ? addedIn(tree.body, keeps) : []));
  const isThere = shown.some((s) => callsIn(s).includes(clears));
  const isGone = own.some(({ unit }) => unit.removed.some((line) => line.includes(`${clears}(`)));
  if (isThere || isGone) return shown;
  const [first] = shown;
  if (!first) return null;
  const hint = `show the line of ${clears}(), or take it away: what is added stands before or behind it`;
  throw complaint(
    name,
    'missing-function',
    first.at,
    `the part of ${function_}() does not show where it clears the entry`,
    hint,
  );
}

function lowered(
  to: Emitter,
  { name, clears, line, before, behind }: Zapping,
  shown: readonly Stmt[] | null,
): Code {
  const at = lineOfKernel(name, line);
  const names = ENTRY_PARAMETERS.map((parameter) => to.scope.declare(parameter));
  const operand = (parameter: string) => variable(to.scope.find(parameter) as string);
  const first = to.scope.temporary();
  to.emit({ op: 'move', to: first, from: operand('ptent'), at });
  const act = (action: string | null): void => {
    if (action === null) return;
    to.emit({ op: 'do', to: null, action, args: [variable(first), operand('pte')], by: name, at });
  };
  act(before);
  const flow = { labels: new Map(), breaks: null, continues: null };
  for (const s of shown ?? [clearing(clears, at)]) lowerStatement(s, to, flow);
  act(behind);
  to.emit({ op: 'return', value: null, at });
  return codeOf(to, { name, parameters: names, returns: null, at });
}

/** The clear as the kernel has it. */
function clearing(name: string, at: Stmt['at']): Stmt {
  const of = (variableName: string): Expr => ({ k: 'name', name: variableName, at });
  const full: Expr = { k: 'member', of: of('tlb'), arrow: true, name: 'fullmm', at };
  return {
    k: 'expression',
    value: { k: 'call', name, args: [of('mm'), of('addr'), of('pte'), full], at },
    at,
  };
}
