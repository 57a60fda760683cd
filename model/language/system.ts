import type { AnyStateMachine } from 'xstate';
import type { Expression } from './expression.ts';
import type { SharedDeclaration } from './variable.ts';

/** A thread: a machine with its constants. */
export interface ThreadDeclaration {
  /** What people call it, such as `A/0`. */
  readonly id: string;
  readonly machine: AnyStateMachine;
  readonly parameters: Readonly<Record<string, number>>;
  /** Named lists of thread numbers that `ended(name)` in the machine speaks of. */
  readonly groups: Readonly<Record<string, readonly number[]>>;
}

/**
 * An observer of the shared variables: an XState machine of the language which takes a step exactly when a step of some
 * thread stores to a variable that it reads. It writes nothing. Reaching `violated` is reported, and it stays where it was.
 */
export interface Monitor {
  /** What it watches, such as `T0`. */
  readonly id: string;
  readonly machine: AnyStateMachine;
  readonly parameters: Readonly<Record<string, number>>;
}

/** Text of the closing line of a trace: what a condition needed, and what was found; `{0}` stands for the first fact. */
export interface Condition {
  readonly that: Expression;
  readonly needed: string;
  readonly found: string;
  readonly facts: readonly Expression[];
}

/** One thing to be judged in one pass with all others. Assertions inside steps that carry its name belong to it. */
export interface Check {
  readonly name: string;
  /** Must hold in every state. */
  readonly always: readonly Condition[];
  /** Must hold in every state in which every thread has ended. */
  readonly atEnd: readonly Condition[];
  readonly monitors: readonly Monitor[];
  /** Also judges that no state without an enabled step leaves a thread waiting; 'tag': only while a thread is at a place with that tag. */
  readonly deadlock: { readonly onlyAt: string | null } | null;
  /** Also judges that no fair cycle keeps a thread at places with this tag. */
  readonly leaves: string | null;
  /** Sets of step kinds, from each of which at least one step must have been taken for the check to count as exercised. */
  readonly exercisedBy: readonly (readonly string[])[];
  /** The sets must have been taken from by different threads: one from the first, another from the second. Default false. */
  readonly byAnother?: boolean;
}

/**
 * A renaming of threads and of elements of domains (by the name of the domain; one that is not named keeps its elements) under
 * which the system is thought to be the same. The explorer proves it before it uses it.
 */
export interface Permutation {
  /** Thread i becomes thread `threads[i]`. */
  readonly threads: readonly number[];
  readonly elements: Readonly<Record<string, readonly number[]>>;
}

/** A closed system: what the explorer visits. It knows no more than this. */
export interface System {
  readonly name: string;
  readonly shared: readonly SharedDeclaration[];
  readonly threads: readonly ThreadDeclaration[];
  readonly checks: readonly Check[];
  /** Generators of the symmetries of the system. Default: none. */
  readonly symmetry?: readonly Permutation[];
  /** Names of the shared variables that a person looks at first; pictures put states together by them. Default: all but ghosts. */
  readonly shape?: readonly string[];
}
