/** What a page fault is about. */
export interface FaultKind {
  /** FAULT_FLAG_WRITE, FAULT_FLAG_UNSHARE, or neither. */
  readonly access: 'read' | 'write' | 'unshare';
  /** An anonymous vma has no vm_ops. */
  readonly vma: 'anonymous' | 'file';
  /** The kind of entry beside none and present pages that the fault can come upon: what no thread makes is not there. */
  readonly meets: 'swap' | 'protnone' | null;
}
