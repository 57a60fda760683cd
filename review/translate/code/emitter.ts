import { literal } from '../../../model/language/expression.ts';
import { boolean, range } from '../../../model/language/variable.ts';
import type { PatchReason } from '../../patch-error.ts';
import type { At } from '../../syntax/tree.ts';
import { complaint, type Program } from '../program.ts';
import type { Instruction, Operand } from './code.ts';
import { Scope } from './scope.ts';

/** A place in the list of instructions that is not known yet. */
export interface Label {
  place: number | null;
}

type Draft<I> = I extends { readonly op: 'branch' }
  ? Omit<I, 'yes' | 'no'> & { readonly yes: Label; readonly no: Label }
  : I extends { readonly op: 'jump' }
    ? Omit<I, 'to'> & { readonly to: Label }
    : I;

export const truth = (value: boolean): Operand => ({
  k: 'constant',
  value: { k: 'int', e: literal(value), type: boolean, from: null },
});
export const number = (value: number): Operand => ({
  k: 'constant',
  value: { k: 'int', e: literal(value), type: range(value, value), from: null },
});
export const variable = (name: string): Operand => ({ k: 'variable', name });

/** The instructions of one function, as they come. */
export class Emitter {
  readonly program: Program;
  readonly scope = new Scope();
  readonly kept = new Set<string>();
  /** Pointers through which entries are read that are stored elsewhere. */
  readonly copied: ReadonlySet<string>;
  readonly #drafts: Draft<Instruction>[] = [];

  constructor(program: Program, copied: ReadonlySet<string>) {
    this.program = program;
    this.copied = copied;
  }

  emit(instruction: Draft<Instruction>): void {
    this.#drafts.push(instruction);
  }

  label(): Label {
    return { place: null };
  }

  /** What follows stands at the label. */
  here(label: Label): void {
    label.place = this.#drafts.length;
  }

  jump(to: Label, at: At): void {
    this.emit({ op: 'jump', to, at });
  }

  fail(reason: PatchReason, at: At, what: string, hint: string): never {
    throw complaint(this.program.name, reason, at, what, hint);
  }

  finished(): readonly Instruction[] {
    const at = (label: Label): number => label.place as number;
    return this.#drafts.map((draft): Instruction => {
      if (draft.op === 'branch') return { ...draft, yes: at(draft.yes), no: at(draft.no) };
      return draft.op === 'jump' ? { ...draft, to: at(draft.to) } : draft;
    });
  }
}

/** Emits a function of values; the outcome has a name of its own. */
export function compute(to: Emitter, what: string, args: readonly Operand[], at: At): Operand {
  const result = to.scope.temporary();
  to.emit({ op: 'compute', to: result, what, args, at });
  return variable(result);
}
