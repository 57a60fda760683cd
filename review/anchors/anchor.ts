/**
 * What a statement of the patch is in the model: `steps`, it has steps of its own, which carry its line; anything else is a reason
 * why it needs none.
 */
export type Part =
  | 'steps'
  | 'calls'
  | 'declares'
  | 'given'
  | 'jumps'
  | 'local'
  | 'loops'
  | 'no-effect'
  | 'oom-lock'
  | 'tests-a-local'
  | 'upper-levels';

/** The reasons in words. */
export const reasons: Readonly<Record<Exclude<Part, 'steps'>, string>> = {
  calls: 'calls a function of the patch: its steps stand there',
  declares: 'declares a name or a local, or gives a local its first value',
  given: 'asks what every scenario takes as given: a vma, an mm with COW page tables, a range inside the vma',
  jumps: 'goes or returns somewhere: the edges of the machine go there',
  local: 'works on locals of the thread, which nobody else sees',
  loops: 'repeats its body: the machine has the steps of each entry or slot one after the other',
  'no-effect': 'changes nothing that another thread can see on the machines modelled',
  'oom-lock': 'takes or drops oom_lock, which orders nothing that is modelled',
  'tests-a-local': 'tests a local: the edges of the machine part there',
  'upper-levels': 'walks the upper levels of the page table, which are there in every scenario',
};

/** Line of the patched file, digest of the statement, what it is. */
export type Anchor = readonly [line: number, digest: string, part: Part];

/** The statements that the patch adds to a function, in their order. */
export interface UnitAnchors {
  readonly unit: string;
  readonly file: string;
  readonly statements: readonly Anchor[];
}
