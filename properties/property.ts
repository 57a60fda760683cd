import type { Kernel } from '../model/kernel/kernel.ts';
import type { Check } from '../model/language/system.ts';

/** A promise of the patch or a rule of the kernel, and how it is judged. */
export interface Property {
  readonly name: string;
  /** The promise in one sentence. */
  readonly claim: string;
  /** Where it comes from: a line of the patch's mm/memory.c, or a rule of the kernel. */
  readonly source: { readonly line: number | null; readonly text: string };
  /** How the check is built for one closed system; assertions in steps that carry the name belong to it as well. */
  readonly check: (kernel: Kernel, facts: ScenarioFacts) => CheckParts;
  /** Sets of step kinds, each of which must have been taken for the property to count as exercised. */
  readonly exercisedBy: readonly (readonly string[])[];
  /** A step of the second set must have been taken by another thread than one of the first. */
  readonly byAnother?: boolean;
}

/** The parts of a check that a property fills in; what it leaves out judges nothing. */
type CheckParts = Partial<Omit<Check, 'name' | 'exercisedBy' | 'byAnother'>>;

/** What a property may know of the scenario, by the numbers of mms and entries. */
export interface ScenarioFacts {
  /** Mms that exit in this scenario. */
  readonly exits: readonly boolean[];
  /** Entries [mm][slot][entry] mapped at the start and named by no request to unmap, discard or move. */
  readonly keeps: (mm: number, slot: number, entry: number) => boolean;
}
