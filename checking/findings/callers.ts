import type { Finding } from './finding.ts';
import { cutVma } from './scenarios.ts';

const swapFails = 'a swap fault in A, one allocation may fail';
const anonymous = 'an anonymous read fault in A';
const numa = 'a NUMA hint fault in A';
const intoEmpty = 'mremap of a shared slot in A into an empty one';
const intoShared = 'mremap of one entry in A into a shared neighbour';

/** Paths that store into a table without a break that succeeded. */
export const callers: readonly Finding[] = [
  {
    id: 'anonymous-read',
    title: 'An anonymous read fault maps the zero page in the shared table',
    kind: 'corruption',
    protocol: 'v5',
    shown: { scenario: anonymous, property: 'shared-never-modified' },
    covers: [
      {
        scenarios: [anonymous, 'an anonymous read fault beside a write-fault in A'],
        properties: ['shared-never-modified'],
      },
    ],
    lines: 'mm/memory.c:4232',
    edits: ['everyFaultBreaks'],
    explanation:
      'The fault breaks for writes, for unsharing and where the vma has vm_ops. A read fault on anonymous memory is none of these: its entry appears in every mm that shares the table, and none of the others has asked for it or accounts for it.',
    instead: 'Every fault breaks before it does anything else.',
  },
  {
    id: 'numa-fault',
    title: 'A NUMA hint fault changes the entry of the shared table',
    kind: 'corruption',
    protocol: 'v5',
    shown: { scenario: numa, property: 'shared-never-modified' },
    covers: [{ scenarios: [numa], properties: ['shared-never-modified'] }],
    lines: 'mm/memory.c:4878',
    edits: ['everyFaultBreaks'],
    explanation:
      'do_numa_page() makes the entry present again and, if the page was migrated, for all sharers, by the vma of one. The fault has not broken.',
    instead: 'Every fault breaks before it does anything else.',
  },
  {
    id: 'dropped-result',
    title: 'A swap fault goes on in the shared table when its break had no memory',
    kind: 'corruption',
    protocol: 'v5',
    shown: { scenario: swapFails, property: 'failure-reported' },
    covers: [
      {
        scenarios: [swapFails],
        properties: ['shared-never-modified', 'failure-reported', 'accounting'],
      },
    ],
    lines: 'handle_pte_fault(), the hook before do_swap_page(); the store is mm/memory.c:4080',
    edits: ['everyFaultBreaks'],
    explanation:
      'The result of the break in handle_pte_fault() is dropped. After -ENOMEM the fault replaces the swap entry in the shared table: the page has one reference, and as many mms map it as share the table.',
    instead: 'The fault breaks in the one place where its result counts, and returns VM_FAULT_OOM.',
  },
  {
    id: 'mremap-dropped-result',
    title: 'mremap moves the shared table, and makes it writable, when its break had no memory',
    kind: 'corruption',
    protocol: 'v5',
    shown: { scenario: intoEmpty, property: 'shared-is-read-only' },
    covers: [{ scenarios: [intoEmpty], properties: ['shared-is-read-only', 'failure-reported'] }],
    lines: 'mm/mremap.c:533 (the hook in move_page_tables()) and 296',
    edits: ['mremapBreaksBoth'],
    explanation:
      'move_page_tables() drops the result of its break. After -ENOMEM move_normal_pmd() moves the table as it is, and stores the new slot with W=1: the processor may write to pages whose entries allow it, and the next fault takes the table for a private one.',
    instead: 'A break that fails ends the move.',
  },
  {
    id: 'mremap-destination',
    title: 'mremap stores into a destination table that is shared',
    kind: 'corruption',
    protocol: 'v5',
    shown: { scenario: intoShared, property: 'shared-never-modified' },
    covers: [{ scenarios: [intoShared], properties: ['shared-never-modified', 'accounting'] }],
    lines: 'mm/mremap.c:533 and 212',
    edits: ['mremapBreaksBoth'],
    explanation:
      'Only the slot of the old address is broken. If the neighbour of the new address shares its table, the moved entry appears in every sharer.',
    instead: 'Both slots are broken.',
  },
  {
    id: 'cut-vma',
    title: 'A zap of a cut vma goes on in the shared table when its break had no memory',
    kind: 'corruption',
    protocol: 'v5',
    shown: { scenario: cutVma, property: 'failure-reported' },
    covers: [
      {
        scenarios: [cutVma],
        properties: [
          'refcount-matches',
          'no-table-leak',
          'warn-free-shared',
          'shared-never-modified',
          'failure-reported',
          'accounting',
        ],
      },
    ],
    lines: 'mm/memory.c:1804-1812, 1694; free_pmd_range(): 197-198; mm/pgtable-generic.c:52',
    edits: ['zapInOneSection'],
    explanation:
      'Where no vma covers the whole 2 MiB zap breaks first, and drops the result. After -ENOMEM it clears the entries of the other sharers. free_pgtables() then meets a COW-ed slot with count 2: the warning fires, the slot is reported as bad and cleared, its reference is never put.',
    instead:
      'A mm that goes away gives the slot up in one piece, whatever its vmas. Any other zap ends with an error when its break fails.',
  },
];
