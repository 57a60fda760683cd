import type { Path } from '../../model/kernel/path.ts';
import type { Fragment } from '../../model/language/machine.ts';
import { asPosted, type BreakText, type Protocol } from '../../model/variants/protocol.ts';
import { symbolsWith } from '../conditionals/symbols.ts';
import type { Patch } from '../diff/patch.ts';
import { type Finding, Findings } from '../lint/finding.ts';
import { lint } from '../lint/lint.ts';
import { PatchError } from '../patch-error.ts';
import { type Grammar, loadGrammar } from '../syntax/grammar.ts';
import { type ParsedUnit, parseUnit } from '../syntax/parsed-unit.ts';
import type { FunctionTree } from '../syntax/tree.ts';
import { unitsOf } from '../units/units-of.ts';
import { demandPlaces } from './code/conditions.ts';
import { zapEntryFunctions } from './code/zap-entry.ts';
import { zapRangeHooks } from './code/zap-range-hooks.ts';
import { Codes } from './codes.ts';
import { type ConfigurationOfText, environmentOf, type Read, zapVersionOf } from './environment.ts';
import { copyPresentPte } from './fork.ts';
import { hooksOf, showsCallers, translateHook, untranslated, WALKS } from './hooks.ts';
import { keptAgainstText } from './left-alone.ts';
import { demandKnownMacros } from './macros.ts';
import { demandHunksOnce } from './once.ts';
import { complaint, type Program, programOf } from './program.ts';
import { wholeBreak } from './run/purpose.ts';
import { HANDLER } from './run/returns.ts';
import { Translator } from './run/translator.ts';
import { addressOf, firstPage } from './values/address.ts';
import type { Value } from './values/value.ts';

/** A protocol that was read from the text of patches. */
export interface TextProtocol {
  readonly protocol: Protocol;
  readonly patches: readonly Patch[];
  /** What is wrong with the texts, or looks so, as far as they were translated for scenarios. */
  readonly findings: () => readonly Finding[];
  /** Functions that the texts change and that the model has in its own words nevertheless. */
  readonly byHand: readonly string[];
  /** Functions of the model from which the texts take statements that stay in it. */
  readonly kept: readonly string[];
  /** What the texts say, parsed, in the configuration of a scenario. */
  readonly parsedFor: (shape: ConfigurationOfText) => readonly ParsedUnit[];
}

/** The configuration of a scenario as the kernel's symbols have it. */
const symbolsOf = ({ debugVm, splitPtlocks, rcuTableFree }: ConfigurationOfText): Record<string, number> => ({
  CONFIG_DEBUG_VM: Number(debugVm),
  CONFIG_MMU_GATHER_RCU_TABLE_FREE: Number(rcuTableFree),
  ...(splitPtlocks
    ? {}
    : { CONFIG_NR_CPUS: 2, NR_CPUS: 2, USE_SPLIT_PTE_PTLOCKS: 0, USE_SPLIT_PMD_PTLOCKS: 0 }),
});

/**
 * The break as patches say it, with fork, zap and reverse-map walks where they change these; the rest is the hand-written model. `changed`: symbols with another value than usual.
 * The texts are read once for each configuration that a scenario asks for.
 */
export async function textProtocol(
  name: string,
  patches: readonly Patch[],
  changed: Readonly<Record<string, number>> = {},
): Promise<TextProtocol> {
  demandHunksOnce(patches);
  const grammar = await loadGrammar();
  const made = new Map<string, Read>();
  const forShape = (shape: ConfigurationOfText) => {
    const symbols = { ...symbolsOf(shape), ...changed };
    const key = JSON.stringify(symbols);
    const known = made.get(key) ?? read(patches, symbols, grammar);
    made.set(key, known);
    return known;
  };
  const usual = forShape({ debugVm: true, splitPtlocks: true, rcuTableFree: false });
  const { forkText, zapText, functions } = environmentOf(name, usual, forShape);
  const edits = {
    ...asPosted,
    break: zapVersionOf(usual.units),
    text: breakTextOf(forShape),
    ...(forkText && { forkText }),
    ...(zapText && { zapText }),
  };
  const about = `the break as ${patches.map((patch) => patch.subject ?? patch.name).join(' and ')} says it`;
  const byHand = untranslated(usual.units, functions);
  const findings = (): readonly Finding[] => {
    const all = new Findings();
    for (const { units, codes } of made.values()) {
      for (const finding of [...lint(units), ...codes.findings.all]) all.add(finding);
    }
    return all.all;
  };
  return {
    protocol: { name, about, edits },
    patches,
    findings,
    byHand,
    kept: keptAgainstText(usual.units).filter((name) => !byHand.includes(name)),
    parsedFor: (shape) => forShape(shape).units,
  };
}

function read(patches: readonly Patch[], changed: Readonly<Record<string, number>>, grammar: Grammar): Read {
  const symbols = symbolsWith(changed);
  const units: ParsedUnit[] = [];
  const programs: Program[] = [];
  for (const patch of patches) {
    const parsed = unitsOf(patch, symbols).map((unit) => parseUnit(unit, grammar));
    units.push(...parsed);
    programs.push(programOf(patch.name, parsed, symbols));
  }
  demandKnownMacros(units);
  const hooks = hooksOf(units);
  const name = patches.map((patch) => patch.name).join(',');
  if (zapVersionOf(units) === 'v5') demandPlaces(name, units);
  const zap = zapVersionOf(units) === 'v5' ? zapRangeHooks(name, units) : null;
  const partial = new Map([
    ['copy_present_pte', copyPresentPte(hooks.get('copy_present_pte'))],
    ...(zap ? zapEntryFunctions(name, units) : []),
  ]);
  return {
    units,
    codes: new Codes({ ...joined(programs), partial }),
    hooks,
    zap,
  };
}

/** The functions of all texts; one that two of them define is an error, because either may be meant. */
function joined(programs: readonly Program[]): Program {
  const [first] = programs as [Program, ...Program[]];
  const functions = new Map<string, FunctionTree>();
  for (const one of programs) {
    for (const [name, tree] of one.functions) {
      if (functions.has(name)) {
        const hint = 'give each part of the series once';
        throw complaint(
          one.name,
          'same-file-twice',
          tree.at,
          `${name}() is defined in two of the patches`,
          hint,
        );
      }
      functions.set(name, tree);
    }
  }
  const commentAt: Program['commentAt'] = (at) =>
    programs.reduce<number | null>((found, one) => found ?? one.commentAt(at), null);
  return { ...first, functions, commentAt };
}

/** The functions of the break, for the threads of the model. Each call translates for one path of one system. */
function breakTextOf(forShape: (shape: ConfigurationOfText) => Read): BreakText {
  const call = (name: string, path: Path, args: readonly Value[]): Fragment<'done' | 'failed'> => {
    const { codes } = forShape(path.k.shape);
    const { parameters, at } = codes.named(name);
    if (parameters.length !== args.length) {
      const what = `${name}() takes ${parameters.length} arguments; the callers of the model give ${args.length}`;
      throw complaint(
        codes.program.name,
        'arguments',
        at,
        what,
        'keep the arguments that the patch gives it',
      );
    }
    return Translator.translate(codes, path, wholeBreak, codes.named(name), args);
  };
  const vma: Value = { k: 'thing', what: 'vma' };
  return {
    handler: (path) => call(HANDLER, path, [{ k: 'thing', what: 'vmf' }]),
    breakCowPte: (path) => call('break_cow_pte', path, [vma, { k: 'null' }, addressOf(path.slot, null)]),
    hook: (name, path, fault) => {
      const { codes, hooks } = forShape(path.k.shape);
      const isShown = name === WALKS ? hooks.has(name) : showsCallers(hooks);
      return isShown ? translateHook(codes, hooks.get(name), path, fault) : null;
    },
    breakCowPteRange: (path) =>
      call('break_cow_pte_range', path, [
        vma,
        addressOf(0, firstPage),
        addressOf(path.k.shape.slots, firstPage),
      ]),
  };
}

/** The whole functions that a protocol needs. */
export function demandFunctions({ patches, parsedFor }: TextProtocol): void {
  const units = parsedFor({ debugVm: true, splitPtlocks: true, rcuTableFree: false });
  for (const name of [HANDLER, 'break_cow_pte', 'break_cow_pte_range']) {
    if (units.some(({ tree, unit }) => unit.kind === 'function' && tree?.name === name)) continue;
    const cut = units.find(({ unit }) => unit.kind === 'cut-off' && unit.name === name);
    const place = cut?.unit.lines[0];
    throw new PatchError(
      'missing-function',
      { name: patches.map((patch) => patch.name).join(','), mailLine: place?.mailLine },
      cut ? `only a part of ${name}() is in the text` : `the text does not define ${name}()`,
      'give the patch that adds the break, or the whole C file',
    );
  }
}
