import { set } from '../../model/language/effect.ts';
import type { ZapText } from '../../model/threads/zap/text.ts';
import { GATHER } from './actions/gather.ts';
import type { Context } from './actions/step.ts';
import { type Hook, lowerHook } from './code/lower-hook.ts';
import { lowerZapRange, RANGE_PARAMETERS } from './code/zap-range.ts';
import type { ZapRangeHooks } from './code/zap-range-hooks.ts';
import type { Codes } from './codes.ts';
import type { Purpose } from './run/purpose.ts';
import { Translator } from './run/translator.ts';
import type { ZapTask } from './task.ts';
import { order } from './values/address.ts';
import type { Value } from './values/value.ts';
import { rangeOf } from './values/vma.ts';

/** The function that frees tables; a patch may add a test of COW-ed slots to it. */
export const FREES_TABLES = 'free_pmd_range';

type Variables = Readonly<Record<string, Value>>;

const things: Variables = {
  tlb: { k: 'thing', what: GATHER },
  vma: { k: 'thing', what: 'vma' },
  mm: { k: 'thing', what: 'mm' },
  details: { k: 'opaque', what: 'details' },
};

/** zap_pte_range() with what a patch adds to it. */
export const translateZapRange =
  (codes: Codes, hooks: ZapRangeHooks): NonNullable<ZapText['zapPteRange']> =>
  (path, l, request) => {
    const range = rangeOf(request, path);
    const variables: Variables = { ...things, ...range, pmd: { k: 'slot', slot: path.slot } };
    const code = lowerZapRange(codes.program, hooks);
    const args = RANGE_PARAMETERS.map((name) => variables[name] as Value);
    const purpose: Purpose<'next' | 'widened'> = {
      task: { k: 'zap', l, request },
      exits: ['next', 'widened'],
      asksForFailure: false,
      // The function returns an address: nobody hears of the failure.
      onFailedBreak: l.broken === null ? [] : [set(l.wentOn, 1)],
      leave: (value, _, c) => [[reaches(value, range.end, c) ? 'next' : 'widened', null]],
    };
    return Translator.translate(codes, path, purpose, code, args);
  };

/** The caller stops where the address that it gets is the end that it asked for. */
function reaches(value: Value | null, end: Value & { readonly k: 'address' }, c: Context): boolean {
  if (value?.k !== 'address')
    return c.fail('value', 'zap_pte_range() returns something that is no address', 'return addr');
  return order(value, end, c) === 0;
}

/** What a patch adds to free_pmd_range(), for one slot. */
export const translateFreePmdRange =
  (codes: Codes, hook: Hook): NonNullable<ZapText['freePmdRange']> =>
  (path, l) => {
    const variables: Variables = { ...things, pmd: { k: 'slot', slot: path.slot } };
    const code = lowerHook(codes.program, hook, Object.keys(variables), { ways: { continue: 1 } });
    const task: ZapTask = { k: 'zap', l, request: null };
    const purpose: Purpose<'next' | 'rest'> = {
      task,
      exits: ['next', 'rest'],
      asksForFailure: false,
      leave: (value) => {
        const skips = value?.k === 'int' && value.e.k === 'literal' && value.e.value !== 0;
        return [[skips ? 'next' : 'rest', null]];
      },
    };
    const args = code.parameters.map((name) => variables[name] as Value);
    return Translator.translate(codes, path, purpose, code, args);
  };
