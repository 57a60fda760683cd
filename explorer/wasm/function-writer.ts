import { Bytes } from './bytes.ts';
import { I32, NOTHING, op } from './opcodes.ts';

/** The body of one function while it is written: its instructions, variables and labels. */
export class FunctionWriter {
  readonly code = new Bytes();
  /** Where `break` and `continue` go, innermost last. */
  readonly exits: { readonly leave: number; readonly again: number | null }[] = [];
  private readonly parameters: number;
  private variables: number;
  private depth = 0;
  private readonly scopes: Map<string, number>[] = [new Map()];

  constructor(parameters: readonly string[]) {
    this.parameters = parameters.length;
    this.variables = parameters.length;
    parameters.forEach((name, n) => {
      this.scopes[0]!.set(name, n);
    });
  }

  /** A fresh variable; with a name it is known until the scope ends. */
  variable(name?: string): number {
    const number = this.variables++;
    if (name !== undefined) this.scopes.at(-1)!.set(name, number);
    return number;
  }

  /** The number of the variable with this name; undefined if there is none in sight. */
  find(name: string): number | undefined {
    return this.scopes.findLast((scope) => scope.has(name))?.get(name);
  }

  scoped(write: () => void): void {
    this.scopes.push(new Map());
    write();
    this.scopes.pop();
  }

  /** A block; a jump to its label goes to its end. `type`: what it leaves. */
  block(write: (label: number) => void, type: number = NOTHING): void {
    this.nested(op.block, type, write);
  }

  /** A loop; a jump to its label goes to its beginning. */
  loop(write: (label: number) => void): void {
    this.nested(op.loop, NOTHING, write);
  }

  jump(label: number, instruction: number = op.br): void {
    this.code.byte(instruction);
    this.code.unsigned(this.depth - label);
  }

  /** As written in the operand of a table of jumps. */
  distance(label: number): number {
    return this.depth - label;
  }

  get(variable: number): void {
    this.code.byte(op.localGet);
    this.code.unsigned(variable);
  }
  set(variable: number): void {
    this.code.byte(op.localSet);
    this.code.unsigned(variable);
  }
  tee(variable: number): void {
    this.code.byte(op.localTee);
    this.code.unsigned(variable);
  }
  constant(value: number): void {
    this.code.byte(op.const);
    this.code.signed(value);
  }
  do(instruction: number): void {
    this.code.byte(instruction);
  }

  /** The body as it stands in a module: the variables, the instructions. */
  finished(): Uint8Array {
    const body = new Bytes();
    const own = this.variables - this.parameters;
    body.unsigned(own > 0 ? 1 : 0);
    if (own > 0) {
      body.unsigned(own);
      body.byte(I32);
    }
    body.append(this.code.finished());
    body.byte(op.end);
    return body.finished();
  }

  private nested(instruction: number, type: number, write: (label: number) => void): void {
    this.code.byte(instruction, type);
    this.depth++;
    write(this.depth);
    this.depth--;
    this.code.byte(op.end);
  }
}
