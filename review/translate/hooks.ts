import type { Path } from '../../model/kernel/path.ts';
import { literal } from '../../model/language/expression.ts';
import type { Fragment } from '../../model/language/machine.ts';
import { range } from '../../model/language/variable.ts';
import { type AfterBreak, breaksNothing, type HookName } from '../../model/threads/break/call.ts';
import type { FaultOfHook } from '../../model/variants/protocol.ts';
import type { ParsedUnit } from '../syntax/parsed-unit.ts';
import { callsOf, type Hook, hookOf, lowerHook } from './code/lower-hook.ts';
import type { Codes } from './codes.ts';
import { changesCode } from './left-alone.ts';
import { callOfBreak } from './run/purpose.ts';
import { BREAKS } from './run/returns.ts';
import { Translator } from './run/translator.ts';
import { addressOf, firstPage } from './values/address.ts';
import type { Value } from './values/value.ts';

/** What a patch adds to functions that it shows in part, by function. */
export function hooksOf(units: readonly ParsedUnit[]): ReadonlyMap<string, Hook> {
  const hooks = new Map<string, Hook>();
  for (const unit of units) {
    const hook = hookOf(unit);
    if (!hook) continue;
    const known = hooks.get(hook.name);
    hooks.set(hook.name, known ? { ...known, added: [...known.added, ...hook.added] } : hook);
  }
  return hooks;
}

/** Whether a text shows functions that call the break. */
export const showsCallers = (hooks: ReadonlyMap<string, Hook>): boolean =>
  [...hooks.values()].some((hook) => called.has(hook.name) && callsBreak(hook));
const callsBreak = (hook: Hook): boolean => [...callsOf(hook)].some((name) => BREAKS.has(name));

/** The function in which patch 06 calls it: a text that leaves it alone has the call of version 5. */
export const WALKS = 'page_vma_mapped_walk';

/** The functions of the kernel that the model has with a call of the break in them, as patch 04 makes it. */
const called: ReadonlySet<string> = new Set<Exclude<HookName, typeof WALKS>>([
  '__handle_mm_fault',
  'handle_pte_fault',
  'insert_page',
  'insert_pfn',
  'remap_pfn_range_notrack',
  '__split_vma',
  'move_page_tables',
  'unuse_pmd_range',
]);

/** Functions beside the break that other parts of the series change. */
const beside: ReadonlySet<string> = new Set([
  'copy_cow_pte_range',
  'copy_nonpresent_pte',
  'copy_pmd_range',
  'copy_present_pte',
  'copy_pte_range',
  'free_pmd_range',
  'pmd_none_or_trans_huge_or_clear_bad',
  'recover_pte_range',
  'zap_nopresent_pte',
  'zap_present_pte',
  'zap_pte_range',
]);

/**
 * Functions that a text changes and that are not translated: those which the model has in its own words, and those which are no
 * part of it.
 */
export function untranslated(
  units: readonly ParsedUnit[],
  translated: ReadonlySet<string>,
): readonly string[] {
  const names = units.flatMap((parsed) => {
    const { name, changed } = parsed.unit;
    if (!changed || name === null || called.has(name)) return [];
    const hook = hookOf(parsed);
    if (name === WALKS) return hook ? [] : [name];
    const adds = hook !== null || (parsed.unit.kind === 'cut-off' && changesCode(parsed));
    return adds || beside.has(name) ? [name] : [];
  });
  return [...new Set(names)].filter((name) => !translated.has(name));
}

/** The hook of a function, for the thread of a path; where the patch adds nothing, the function goes on at once. */
export function translateHook(
  codes: Codes,
  hook: Hook | undefined,
  path: Path,
  fault: FaultOfHook | null,
): Fragment<AfterBreak> {
  if (!hook) return breaksNothing;
  const variables = variablesOf(hook.name, path, fault);
  const code = lowerHook(codes.program, hook, Object.keys(variables));
  const args = code.parameters.map((name) => variables[name] as Value);
  return Translator.translate(codes, path, callOfBreak, code, args, faultFields(path, fault));
}

const ranges = new Set(['remap_pfn_range_notrack']);

/** The variables of the functions that have hooks, as far as the hooks may name them. */
function variablesOf(name: string, path: Path, fault: FaultOfHook | null): Readonly<Record<string, Value>> {
  const whole = ranges.has(name);
  const address = whole ? addressOf(0, firstPage) : addressOf(path.slot, null);
  const slot: Value = { k: 'slot', slot: path.slot };
  return {
    vma: areaOf(fault),
    mm: { k: 'thing', what: 'mm' },
    addr: address,
    address,
    old_addr: address,
    end: whole
      ? addressOf(0, firstPage) && { ...addressOf(0, firstPage), slots: path.k.shape.slots }
      : address,
    pmd: slot,
    old_pmd: slot,
    pvmw: { k: 'ref', name: `${name}:pvmw` },
    vmf: { k: 'thing', what: 'vmf' },
    ...(fault && { flags: flagsOf(fault) }),
  };
}

const flagsOf = ({ flags }: FaultOfHook): Value => ({
  k: 'int',
  e: literal(flags),
  type: range(flags, flags),
  from: null,
});

const areaOf = (fault: FaultOfHook | null): Value => ({
  k: 'thing',
  what: fault?.hasOps ? 'vma with vm_ops' : 'vma',
});

/** The members of the struct vm_fault that stands in the function itself, and of the walk that it is called for. */
const faultFields = (path: Path, fault: FaultOfHook | null): Readonly<Record<string, Value>> => ({
  'vmf.vma': areaOf(fault),
  'vmf.pmd': { k: 'slot', slot: path.slot },
  'vmf.address': addressOf(path.slot, null),
  'pvmw.pmd': { k: 'slot', slot: path.slot },
  'pvmw.address': addressOf(path.slot, null),
  ...(fault && { 'pvmw.flags': flagsOf(fault) }),
});
