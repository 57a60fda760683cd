import type {
  AssignmentExpression,
  BinaryExpression,
  Expression,
  Identifier,
  MemberExpression,
  Node,
  UnaryExpression,
} from 'acorn';
import { CallCode } from './call-code.ts';
import type { Environment } from './environment.ts';
import type { FunctionWriter } from './function-writer.ts';
import { binaryOperators, I32, op } from './opcodes.ts';
import { isArrayName, literalValue } from './text.ts';

const COMPARISONS = new Set(['===', '!==', '<', '>', '<=', '>=']);
const BITS = new Set(['&', '|', '^', '<<', '>>', '>>>']);

/**
 * Writes expressions. All values are 32-bit numbers, a truth is 0 or 1. The text computes in JavaScript's numbers: that the
 * two agree is its own premise. Sums and products stay within 32 bits or go straight into an operator that cuts them off (`| 0`,
 * a store); a shift `>>>` by less than 1 goes straight into an operator on bits.
 */
export class ExpressionCode {
  private readonly f: FunctionWriter;
  private readonly environment: Environment;
  private readonly calls: CallCode;

  constructor(f: FunctionWriter, environment: Environment) {
    this.f = f;
    this.environment = environment;
    this.calls = new CallCode(f, environment, (argument) => {
      this.notUnsigned(argument);
      this.value(argument);
    });
  }

  /** Leaves the value of an expression. */
  value(e: Expression | Node): void {
    const { f, environment } = this;
    const node = e as Expression;
    const known = literalValue(node);
    if (known !== null) {
      if (!Number.isInteger(known) || known < -(2 ** 31) || known >= 2 ** 31)
        environment.refuse(node, 'not a 32-bit number');
      f.constant(known);
      return;
    }
    switch (node.type) {
      case 'Literal':
        if (typeof node.value !== 'boolean') {
          environment.refuse(node, 'not a number');
          return;
        }
        f.constant(Number(node.value));
        return;
      case 'Identifier':
        this.name(node);
        return;
      case 'MemberExpression': {
        const { size, offset } = this.address(node);
        this.access(size === 4 ? op.load : op.loadByte, size, offset);
        return;
      }
      case 'BinaryExpression':
        this.binary(node);
        return;
      case 'LogicalExpression':
        this.truth(node);
        return;
      case 'UnaryExpression':
        this.unary(node);
        return;
      case 'AssignmentExpression':
        this.assignment(node, true);
        return;
      case 'UpdateExpression': {
        const variable = this.variable(node.argument);
        f.get(variable);
        this.step(node.argument, node.operator);
        return;
      }
      case 'ConditionalExpression':
        f.block((end) => {
          f.block((otherwise) => {
            this.jumpIf(node.test, otherwise, false);
            this.value(node.consequent);
            f.jump(end);
          });
          this.value(node.alternate);
        }, I32);
        return;
      case 'SequenceExpression':
        node.expressions.forEach((one, n) => {
          if (n < node.expressions.length - 1) this.effect(one);
          else this.value(one);
        });
        return;
      case 'CallExpression':
        if (!this.calls.call(node)) environment.refuse(node, 'gives nothing');
        return;
      default:
        environment.refuse(node, `a ${node.type}`);
    }
  }

  /** Evaluates an expression and leaves nothing. */
  effect(e: Expression): void {
    if (e.type === 'AssignmentExpression') {
      this.assignment(e, false);
      return;
    }
    if (e.type === 'UpdateExpression') {
      this.step(e.argument, e.operator);
      return;
    }
    if (e.type === 'CallExpression') {
      if (this.calls.call(e)) this.f.do(op.drop);
      return;
    }
    this.value(e);
    this.f.do(op.drop);
  }

  /** Goes to a label if the expression is as true as `when` says. */
  jumpIf(e: Expression, label: number, when: boolean): void {
    const { f } = this;
    if (e.type === 'UnaryExpression' && e.operator === '!') {
      this.jumpIf(e.argument, label, !when);
      return;
    }
    if (e.type === 'Literal' && typeof e.value === 'boolean') {
      if (e.value === when) f.jump(label);
      return;
    }
    if (e.type === 'LogicalExpression' && (e.operator === '&&' || e.operator === '||')) {
      // The left side alone decides `||` when it is true, `&&` when it is false.
      const decides = e.operator === '||';
      if (decides === when) {
        this.jumpIf(e.left, label, when);
        this.jumpIf(e.right, label, when);
        return;
      }
      f.block((skip) => {
        this.jumpIf(e.left, skip, !when);
        this.jumpIf(e.right, label, when);
      });
      return;
    }
    this.value(e);
    if (!when) f.do(op.isZero);
    f.jump(label, op.brIf);
  }

  private name(node: Identifier): void {
    const { f, environment } = this;
    const variable = f.find(node.name);
    if (variable !== undefined) {
      f.get(variable);
      return;
    }
    const array = environment.arrays.get(node.name);
    if (!array) {
      environment.refuse(node, 'an unknown name');
      return;
    }
    f.constant(array.address);
  }

  private variable(node: Node): number {
    const known = node.type === 'Identifier' ? this.f.find((node as Identifier).name) : undefined;
    return known ?? this.environment.refuse(node as Identifier, 'not a variable');
  }

  private step(target: Expression | Node, operator: '++' | '--'): void {
    const variable = this.variable(target);
    this.f.get(variable);
    this.f.constant(1);
    this.f.do(binaryOperators[operator === '++' ? '+' : '-']!);
    this.f.set(variable);
  }

  /** Leaves an address without its constant part, which it gives. */
  private address(node: MemberExpression): { readonly size: 1 | 4; readonly offset: number } {
    const { f, environment } = this;
    if (!node.computed || node.object.type !== 'Identifier' || !isArrayName(node.object.name))
      return environment.refuse(node, 'not an element of an array');
    const array = f.find(node.object.name);
    const place = environment.arrays.get(node.object.name);
    if (array === undefined && !place) return environment.refuse(node, 'an unknown array');
    // Arrays that are handed over hold words.
    const size = array !== undefined ? 4 : place!.size;
    const { rest, constant } = splitIndex(node.property as Expression);
    const offset = (array === undefined ? place!.address : 0) + constant * size;
    if (rest === null) {
      if (array === undefined) f.constant(0);
      else f.get(array);
      return { size, offset };
    }
    if (array !== undefined) f.get(array);
    this.value(rest);
    if (size === 4) {
      f.constant(2);
      f.do(binaryOperators['<<']!);
    }
    if (array !== undefined) f.do(binaryOperators['+']!);
    return { size, offset };
  }

  private access(instruction: number, size: 1 | 4, offset: number): void {
    this.f.code.byte(instruction, size === 4 ? 2 : 0);
    this.f.code.unsigned(offset);
  }

  private binary(node: BinaryExpression): void {
    const instruction = binaryOperators[node.operator];
    if (instruction === undefined) {
      this.environment.refuse(node, `the operator ${node.operator}`);
      return;
    }
    for (const side of [node.left as Expression, node.right]) {
      if (!BITS.has(node.operator)) this.notUnsigned(side);
      this.value(side);
    }
    this.f.do(instruction);
  }

  /** An unsigned number of 32 bits would be taken for a negative one. */
  private notUnsigned(e: Expression): void {
    if (e.type !== 'BinaryExpression' || e.operator !== '>>>') return;
    const by = literalValue(e.right);
    if (by === null || by < 1) this.environment.refuse(e, 'may be above 2^31');
  }

  private unary(node: UnaryExpression): void {
    const { f } = this;
    switch (node.operator) {
      case '!':
        this.value(node.argument);
        f.do(op.isZero);
        return;
      case '~':
        this.value(node.argument);
        f.constant(-1);
        f.do(binaryOperators['^']!);
        return;
      case '-':
        f.constant(0);
        this.value(node.argument);
        f.do(binaryOperators['-']!);
        return;
      default:
        this.environment.refuse(node, `the operator ${node.operator}`);
        return;
    }
  }

  private assignment(node: AssignmentExpression, wanted: boolean): void {
    const { f, environment } = this;
    const operator = node.operator === '=' ? null : binaryOperators[node.operator.slice(0, -1)];
    if (operator === undefined) {
      environment.refuse(node, `the operator ${node.operator}`);
      return;
    }
    const target = node.left;
    if (target.type === 'MemberExpression') {
      if (wanted) environment.refuse(node, 'the value of a store');
      const { size, offset } = this.address(target);
      if (operator !== null) {
        const address = f.variable();
        f.tee(address);
        f.get(address);
        this.access(size === 4 ? op.load : op.loadByte, size, offset);
      }
      this.value(node.right);
      if (operator !== null) f.do(operator);
      this.access(size === 4 ? op.store : op.storeByte, size, offset);
      return;
    }
    const variable = this.variable(target);
    if (operator !== null) f.get(variable);
    if (operator === null) this.notUnsigned(node.right);
    this.value(node.right);
    if (operator !== null) f.do(operator);
    if (wanted) f.tee(variable);
    else f.set(variable);
  }

  /** A truth as a number. */
  private truth(e: Expression): void {
    if (!isTruth(e)) this.environment.refuse(e, 'a number taken for a truth');
    const { f } = this;
    f.block((end) => {
      f.block((no) => {
        this.jumpIf(e, no, false);
        f.constant(1);
        f.jump(end);
      });
      f.constant(0);
    }, I32);
  }
}

/** Is the value of an expression 0 or 1? */
function isTruth(e: Expression): boolean {
  switch (e.type) {
    case 'Literal':
      return typeof e.value === 'boolean';
    case 'UnaryExpression':
      return e.operator === '!';
    case 'BinaryExpression':
      return COMPARISONS.has(e.operator);
    case 'LogicalExpression':
      return isTruth(e.left) && isTruth(e.right);
    case 'ConditionalExpression':
      return isTruth(e.consequent) && isTruth(e.alternate);
    default:
      return false;
  }
}

/** An index as something plus a constant that is not negative, which the instruction itself can add. */
function splitIndex(index: Expression): { readonly rest: Expression | null; readonly constant: number } {
  const all = literalValue(index);
  if (all !== null && all >= 0) return { rest: null, constant: all };
  if (index.type === 'BinaryExpression' && index.operator === '+') {
    const right = literalValue(index.right);
    if (right !== null && right >= 0) return { rest: index.left as Expression, constant: right };
  }
  return { rest: index, constant: 0 };
}
