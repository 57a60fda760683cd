import { ENTRY_KIND, SLOT_KIND } from '../../../model/kernel/kernel.ts';
import {
  all,
  any,
  both,
  differ,
  type Expression,
  either,
  equal,
  literal,
  NONE,
  not,
} from '../../../model/language/expression.ts';
import { boolean } from '../../../model/language/variable.ts';
import { addressOf, endOfSlot, firstPage, order, slotAt } from '../values/address.ts';
import { arithmetic } from '../values/arithmetic.ts';
import { sameMm, type Value } from '../values/value.ts';
import { behindVma, hasVma, isInVma, isInZappedVma, nextVma, vmasFrom } from '../values/vma.ts';
import type { Context } from './step.ts';

/** A function of values; it touches nothing and is no step. */
export type Pure = (args: readonly Value[], c: Context) => Value;

const flag = (e: Expression, from: string | null = null): Value => ({ k: 'int', e, type: boolean, from });

type Of<K extends Value['k']> = Value & { readonly k: K };

/** The n-th argument, which must be of one kind. */
export function argument<K extends Value['k']>(
  args: readonly Value[],
  n: number,
  kind: K,
  what: string,
  c: Context,
): Of<K> {
  const value = args[n];
  if (value?.k === kind) return value as Of<K>;
  const hint =
    value?.k === 'null'
      ? 'a test for NULL is missing before it'
      : 'check the argument against its declaration';
  return c.fail('value', `${c.by === '' ? 'this' : `${c.by}()`} needs ${what}`, hint);
}

const pmd = (args: readonly Value[], n: number, c: Context): Of<'pmd'> =>
  argument(args, n, 'pmd', 'a pmd_t', c);
const pte = (args: readonly Value[], n: number, c: Context): Of<'pte'> =>
  argument(args, n, 'pte', 'a pte_t', c);

const isKind = (value: Of<'pmd'>, kind: number): Expression => equal(value.kind, kind);
const isNone = (value: Of<'pmd'>): Expression =>
  all([equal(value.table, NONE), not(value.writable), isKind(value, SLOT_KIND.table)]);
const isSwap = (value: Of<'pmd'>): Expression =>
  either(
    isKind(value, SLOT_KIND.swap),
    all([isKind(value, SLOT_KIND.table), equal(value.table, NONE), value.writable]),
  );

const table: Record<string, Pure> = {
  'pmd is none': (args, c) => flag(isNone(pmd(args, 0, c)), 'pmd is none'),
  'pmd is writable': (args, c) => flag(pmd(args, 0, c).writable, 'pmd is writable'),
  'pmd is swap': (args, c) => flag(isSwap(pmd(args, 0, c))),
  'pmd is huge': (args, c) => flag(isKind(pmd(args, 0, c), SLOT_KIND.huge)),
  'pmd is devmap': (args, c) => flag(isKind(pmd(args, 0, c), SLOT_KIND.devmap)),
  'pmd is present': (args, c) => {
    const value = pmd(args, 0, c);
    return flag(
      any([differ(value.table, NONE), isKind(value, SLOT_KIND.huge), isKind(value, SLOT_KIND.devmap)]),
    );
  },
  'pmds are equal': (args, c) => {
    const [a, b] = [pmd(args, 0, c), pmd(args, 1, c)];
    return flag(both(equal(a.table, b.table), equal(a.writable, b.writable)), 'pmds are equal');
  },
  'pmd with W': (args, c) => ({ ...pmd(args, 0, c), writable: literal(1) }),
  'pmd without W': (args, c) => ({ ...pmd(args, 0, c), writable: literal(0) }),
  'empty pmd': () => ({
    k: 'pmd',
    table: literal(NONE),
    writable: literal(0),
    kind: literal(SLOT_KIND.table),
  }),
  'pmd of table': (args, c) => {
    const { table: e } = argument(args, 0, 'table', 'a page table', c);
    return { k: 'pmd', table: e, writable: literal(1), kind: literal(SLOT_KIND.table) };
  },
  'table of pmd': (args, c) => ({ k: 'table', table: pmd(args, 0, c).table, known: false }),
  'pte is none': (args, c) => flag(equal(pte(args, 0, c).page, NONE)),
  'pte is present': (args, c) => {
    const { page, kind } = pte(args, 0, c);
    return flag(both(differ(page, NONE), differ(kind, ENTRY_KIND.swap)));
  },
  'ptes are equal': (args, c) => {
    const [a, b] = [pte(args, 0, c), pte(args, 1, c)];
    return flag(all([equal(a.page, b.page), equal(a.writable, b.writable), equal(a.kind, b.kind)]));
  },
  'empty pte': () => ({
    k: 'pte',
    page: literal(NONE),
    writable: literal(0),
    kind: literal(ENTRY_KIND.present),
  }),
  not: (args, c) => flag(not(argument(args, 0, 'int', 'a number', c).e)),
  null: () => ({ k: 'null' }),
  'copy goes on': (args, c) => copyGoesOn(argument(args, 0, 'address', 'an address', c), c),
  'copies a page': (_, c) =>
    c.fail(
      'value',
      'copy_present_pte() comes to copy_present_page() here',
      'fork has no page for it while it shares: return where prealloc is NULL',
    ),
  'swap entry': () => ({ k: 'opaque', what: 'a swap entry' }),
  'never needed': (_, c) =>
    c.fail('value', `${c.by}() is reached`, 'the model never fills the count of a swap entry'),
  itself: (args) => args[0] as Value,
  opaque: (_, c) => ({ k: 'opaque', what: `the result of ${c.by}()` }),
  'upper level': () => ({ k: 'thing', what: 'upper level' }),
  'slot at address': (args, c) => slotAt(argument(args, 1, 'address', 'an address', c)),
  'end of slot': (args, c) =>
    endOfSlot(
      argument(args, 0, 'address', 'an address', c),
      argument(args, 1, 'address', 'an address', c),
      c,
    ),
  'must be -1 and 1': (args, c) => {
    const values = args.map((value) => (value.k === 'int' && value.e.k === 'literal' ? value.e.value : null));
    if (values[0] === -1 && values[1] === 1) return flag(literal(1));
    return c.fail(
      'value',
      'page_ref_add_unless() with other numbers than -1 and 1',
      'the model keeps only that put',
    );
  },
  lesser: (args, c) => pick(args, c, (order) => order <= 0),
  greater: (args, c) => pick(args, c, (order) => order >= 0),
  'range in vma': (args, c) => {
    const vma = argument(args, 0, 'thing', 'a vma', c);
    if (c.task.k === 'break') return flag(literal(1));
    const [from, to] = [
      argument(args, 1, 'address', 'an address', c),
      argument(args, 2, 'address', 'an address', c),
    ];
    return flag(c.task.k === 'zap' ? isInZappedVma(from, to, c) : literal(isInVma(vma, from, to, c)));
  },
  'vmas from': (args, c) =>
    vmasFrom(
      argument(args, 0, 'thing', 'a struct mm_struct *', c),
      argument(args, 1, 'address', 'an address', c),
      c,
    ),
  'another vma': (args, c) =>
    flag(literal(hasVma(iterator(args, c), argument(args, 1, 'address', 'an address', c), c))),
  'next vma': (args, c) => nextVma(iterator(args, c)),
  'vmas behind it': (args, c) => behindVma(iterator(args, c)),
  never: () => flag(literal(0)),
  'flag of mm': (args, c) => {
    const [bit] = args;
    if (bit?.k === 'opaque' && bit.what === 'MMF_COW_PTE') return flag(literal(1));
    return c.fail(
      'value',
      'test_bit() of another bit than MMF_COW_PTE',
      'the model keeps only that flag of an mm',
    );
  },
  'pmd lock': (args, c) => {
    const { mm } = argument(args, 0, 'slot', 'a pmd_t * into the page tables', c);
    return { k: 'lock', of: 'slot', table: literal(NONE), known: true, ...sameMm(mm) };
  },
};

/** The ordinary copy of fork goes on at the entry that is pinned, and there are only holes before it. */
function copyGoesOn(addr: Of<'address'>, c: Context): Value {
  const start = addressOf(c.path.slot, firstPage);
  if (c.task.k !== 'fork' || !c.task.copiesRest) {
    const hint = 'the model has that copy for a page that GUP-fast has pinned, in the first vma of a slot';
    return c.fail('value', 'fork goes on to copy_pte_range() here', hint);
  }
  const pages = order(addr, start, c) === 0 || order(addr, { ...start, page: 0 }, c) === 0;
  if (pages) return flag(literal(1));
  return c.fail('value', 'copy_pte_range() would begin behind the pinned entry', 'give it recover_end');
}

const iterator = (args: readonly Value[], c: Context): Of<'vmas'> =>
  argument(args, 0, 'vmas', 'an iterator that vma_iter_init() has set', c);

/** min() and max(), of two addresses. */
function pick(args: readonly Value[], c: Context, isFirst: (order: number) => boolean): Value {
  const [a, b] = [
    argument(args, 0, 'address', 'an address', c),
    argument(args, 1, 'address', 'an address', c),
  ];
  return isFirst(order(a, b, c)) ? a : b;
}

/** Whether an action is a function of values. */
export const isPure = (action: string): boolean => Object.hasOwn(table, action);

/** Computes an operator of C, or an action on values. */
export const compute = (what: string, args: readonly Value[], c: Context): Value => {
  const pure = table[what];
  return pure ? pure(args, c) : arithmetic(what, args, c);
};
