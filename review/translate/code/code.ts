import type { At } from '../../syntax/tree.ts';
import type { Value } from '../values/value.ts';

/** What an instruction works on: a variable, the address of one, or a constant. */
export type Operand =
  | { readonly k: 'variable'; readonly name: string }
  | { readonly k: 'ref'; readonly name: string }
  | { readonly k: 'constant'; readonly value: Value };

/**
 * The C of a function in small pieces, each with at most one access to shared memory. Variables have names of their own, so that
 * two locals of one name in different blocks are two. Numbers in `yes`, `no` and `to` are places in the list.
 */
export type Instruction =
  | { readonly op: 'move'; readonly to: string; readonly from: Operand; readonly at: At }
  /** A function of values alone. */
  | {
      readonly op: 'compute';
      readonly to: string;
      readonly what: string;
      readonly args: readonly Operand[];
      readonly at: At;
    }
  | {
      readonly op: 'member';
      readonly to: string;
      readonly of: Operand;
      readonly name: string;
      readonly at: At;
    }
  | {
      readonly op: 'setMember';
      readonly of: Operand;
      readonly name: string;
      readonly value: Operand;
      readonly at: At;
    }
  /** `copied`: what is read through this pointer is stored as an entry elsewhere in the function. */
  | {
      readonly op: 'load';
      readonly to: string;
      readonly pointer: Operand;
      readonly by: string;
      readonly copied: boolean;
      readonly at: At;
    }
  | {
      readonly op: 'store';
      readonly pointer: Operand;
      readonly value: Operand;
      readonly by: string;
      readonly at: At;
    }
  /** A step of a primitive of the kernel. */
  | {
      readonly op: 'do';
      readonly to: string | null;
      readonly action: string;
      readonly args: readonly Operand[];
      readonly by: string;
      readonly at: At;
    }
  /** A function that the text defines. */
  | {
      readonly op: 'call';
      readonly to: string | null;
      readonly name: string;
      readonly args: readonly Operand[];
      readonly at: At;
    }
  | { readonly op: 'warn'; readonly test: Operand; readonly by: string; readonly at: At }
  | {
      readonly op: 'branch';
      readonly test: Operand;
      readonly yes: number;
      readonly no: number;
      readonly at: At;
    }
  | { readonly op: 'jump'; readonly to: number; readonly at: At }
  | { readonly op: 'return'; readonly value: Operand | null; readonly at: At };

/** A function of the text, ready to be run. */
export interface Code {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly instructions: readonly Instruction[];
  /** Variables whose address is kept somewhere: they live as long as the function. */
  readonly kept: ReadonlySet<string>;
  /** The name that the source has for a variable. */
  readonly sourceName: ReadonlyMap<string, string>;
  /** The types of variables that are no pointers; what a part of a function only uses has none. */
  readonly types: ReadonlyMap<string, string>;
  /** The type of what it returns; null for a part of a function. */
  readonly returns: string | null;
  /** By instruction: the variables whose values are still needed before it. */
  readonly live: readonly ReadonlySet<string>[];
  readonly at: At;
}
