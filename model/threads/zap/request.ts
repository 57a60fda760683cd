/** What zap_pte_range() is asked to do in one slot. */
export interface ZapRequest {
  readonly slot: number;
  /** The entries that lie in the range asked for. */
  readonly entries: readonly number[];
  /** The range: the whole 2 MiB, a part of it, or one that began in the slot before and has no end in this one. */
  readonly range: 'whole' | 'part' | 'run-on';
  /** Whether the vma covers the whole 2 MiB: range_in_vma(). */
  readonly covered: 'yes' | 'no' | 'unless-split';
  /** The whole vma of the slot goes away, and no page fault can come after it: a corrected zap may give the table up. */
  readonly goesAway: boolean;
  /** The slots before this one, of which the gather may still hold something. */
  readonly before: readonly number[];
}

export const allEntries = (entries: number): readonly number[] =>
  Array.from({ length: entries }, (_, e) => e);
