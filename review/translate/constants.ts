import { literal } from '../../model/language/expression.ts';
import { range } from '../../model/language/variable.ts';
import type { Value } from './values/value.ts';

const number = (value: number): Value => ({
  k: 'int',
  e: literal(value),
  type: range(value, value),
  from: null,
});
const opaque = (what: string): Value => ({ k: 'opaque', what });

const numbers: Readonly<Record<string, number>> = {
  ENOMEM: 12,
  EBUSY: 16,
  EFAULT: 14,
  EINVAL: 22,
  EAGAIN: 11,
  EIO: 5,
  ENOENT: 2,
  VM_FAULT_OOM: 1,
  VM_FAULT_RETRY: 0x400,
  VM_FAULT_FALLBACK: 0x800,
  FAULT_FLAG_WRITE: 1,
  FAULT_FLAG_UNSHARE: 0x400,
  PVMW_SYNC: 1,
  PVMW_MIGRATION: 2,
  PVMW_BREAK_COW_PTE: 4,
  ZAP_PTE_INIT: 0,
  ZAP_PTE_FORCE_FLUSH: 1,
  ZAP_PTE_IS_SHARED: 2,
};

/** Names that the kernel defines and the text may use as values. */
const values: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...Object.entries(numbers).map(([name, value]) => [name, number(value)] as const),
  ['NULL', { k: 'null' }],
  ['true', number(1)],
  ['false', number(0)],
  ['PMD_SIZE', { k: 'distance', slots: 1, pages: 0 }],
  ['PAGE_SIZE', { k: 'distance', slots: 0, pages: 1 }],
  ['PMD_MASK', { k: 'mask', of: 'slot' }],
  ['PAGE_MASK', { k: 'mask', of: 'page' }],
  ...[
    'GFP_KERNEL',
    'GFP_PGTABLE_USER',
    'HZ',
    'MMF_COW_PTE',
    'MMU_NOTIFY_PROTECTION_PAGE',
    'SINGLE_DEPTH_NESTING',
    'VM_DONTCOPY',
  ].map((name) => [name, opaque(name)] as const),
  ['oom_lock', { k: 'thing', what: 'oom_lock' }],
]);

/** The value of a name of the kernel; undefined for a name that is not known. */
export const constant = (name: string): Value | undefined => values.get(name);
/** The number that a name of the kernel stands for; undefined where it stands for none. */
export const constantNumber = (name: string): number | undefined =>
  Object.hasOwn(numbers, name) ? numbers[name] : undefined;
export const constantNames: readonly string[] = [...values.keys()];
