import type { Shape } from '../../model/kernel/kernel.ts';
import type { ZapText } from '../../model/threads/zap/text.ts';
import type { ForkText } from '../../model/variants/protocol.ts';
import { PatchError } from '../patch-error.ts';
import type { ParsedUnit } from '../syntax/parsed-unit.ts';
import { callsOf, type Hook, hookOf } from './code/lower-hook.ts';
import { ZAPS_RANGE, type ZapRangeHooks } from './code/zap-range-hooks.ts';
import type { Codes } from './codes.ts';
import { COPIES_SLOTS, translateFork } from './fork.ts';
import { FREES_TABLES, translateFreePmdRange, translateZapRange } from './zap.ts';

/** What the text depends on in the configuration of a scenario. */
export type ConfigurationOfText = Pick<Shape, 'debugVm' | 'splitPtlocks' | 'rcuTableFree'>;

/** What the texts say in one configuration. */
export interface Read {
  readonly units: readonly ParsedUnit[];
  readonly codes: Codes;
  readonly hooks: ReadonlyMap<string, Hook>;
  /** What is added to zap_pte_range(); null where the zap is not translated. */
  readonly zap: ZapRangeHooks | null;
}

/** What the texts say in the configuration of a scenario. */
type ForShape = (shape: ConfigurationOfText) => Read;

/** What of fork and zap is the text's, and the functions that are. */
export interface Environment {
  readonly forkText: ForkText | null;
  readonly zapText: ZapText | null;
  readonly functions: ReadonlySet<string>;
}

/** Fork and zap as the texts have them in the usual configuration; in every other they must have the same of them. */
export function environmentOf(name: string, usual: Read, forShape: ForShape): Environment {
  const alike: ForShape = (shape) => {
    const other = forShape(shape);
    const changes = ({ hooks, zap }: Read) => [
      hooks.has(COPIES_SLOTS),
      hooks.has(FREES_TABLES),
      zap !== null,
    ];
    if (changes(other).join() === changes(usual).join()) return other;
    const what = 'fork or zap is changed in some configurations of the scenarios, and left alone in others';
    throw new PatchError(
      'conditional',
      { name },
      what,
      'search the scenarios of one configuration at a time, with --config',
    );
  };
  const forkText = usual.hooks.has(COPIES_SLOTS) ? forkTextOf(alike) : null;
  const zapText = zapVersionOf(usual.units) === 'v5' ? zapTextOf(usual, alike) : null;
  const functions = [...(forkText ? functionsOfFork(usual) : []), ...functionsOfZap(zapText)];
  return { forkText, zapText, functions: new Set(functions) };
}

/**
 * Whose zap runs beside the break. Version 4 changed it in the same mail, and there free_pmd_range() puts the table; every other
 * text gets that of version 5.
 */
export const zapVersionOf = (units: readonly ParsedUnit[]): 'v4' | 'v5' =>
  units.some((parsed) => {
    if (parsed.unit.name !== 'free_pmd_range') return false;
    const hook = hookOf(parsed);
    return hook !== null && callsOf(hook).has('pmd_put_pte');
  })
    ? 'v4'
    : 'v5';

/** What the text adds to fork. */
const forkTextOf = (forShape: ForShape): ForkText => ({
  copyPmdRange: (path, vma) => {
    const { codes, hooks } = forShape(path.k.shape);
    return translateFork(codes, hooks.get(COPIES_SLOTS) as Hook)(path, vma);
  },
});

/** What the text adds to zap. */
const zapTextOf = (usual: Read, forShape: ForShape): ZapText => ({
  zapPteRange:
    usual.zap &&
    ((path, l, request) => {
      const { codes, zap } = forShape(path.k.shape);
      return translateZapRange(codes, zap as ZapRangeHooks)(path, l, request);
    }),
  freePmdRange: usual.hooks.has(FREES_TABLES)
    ? (path, l) => {
        const { codes, hooks } = forShape(path.k.shape);
        return translateFreePmdRange(codes, hooks.get(FREES_TABLES) as Hook)(path, l);
      }
    : null,
});

/** The functions of zap that the text gives. */
const functionsOfZap = (zap: ZapText | null): readonly string[] => [
  ...(zap?.zapPteRange ? [ZAPS_RANGE, 'zap_present_pte', 'zap_nopresent_pte'] : []),
  ...(zap?.freePmdRange ? [FREES_TABLES] : []),
];

/** The functions of fork that the text gives: the one it begins in, and those of the text that this calls. */
function functionsOfFork({ codes, hooks }: Read): readonly string[] {
  const { functions, partial } = codes.program;
  const names = new Set([COPIES_SLOTS]);
  for (const name of names) {
    const tree = functions.get(name);
    const part = tree ? { name, added: [tree.body], at: tree.at } : hooks.get(name);
    for (const called of part ? callsOf(part) : []) {
      if (functions.has(called) || partial.has(called)) names.add(called);
    }
  }
  return [...names];
}
