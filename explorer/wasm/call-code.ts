import type { CallExpression, Expression, MemberExpression } from 'acorn';
import type { Environment } from './environment.ts';
import type { FunctionWriter } from './function-writer.ts';
import { AT_LEAST_UNSIGNED, binaryOperators, op } from './opcodes.ts';

/** Writes calls: of functions of the module, through tables, of Math, and of the run-time checks. */
export class CallCode {
  private readonly f: FunctionWriter;
  private readonly environment: Environment;
  private readonly value: (argument: Expression) => void;

  /** `value` leaves the value of an argument. */
  constructor(f: FunctionWriter, environment: Environment, value: (argument: Expression) => void) {
    this.f = f;
    this.environment = environment;
    this.value = value;
  }

  /** Tells whether the call leaves a value. */
  call(node: CallExpression): boolean {
    const { f, environment } = this;
    const { callee } = node;
    if (callee.type === 'MemberExpression' && callee.object.type === 'Identifier') {
      if (callee.object.name === 'Math') return this.math(node, callee);
      return this.indirect(node, callee, callee.object.name);
    }
    if (callee.type !== 'Identifier') return environment.refuse(node, 'not a call of a name');
    if (this.checked(callee.name, node)) return true;
    const called = environment.functions.get(callee.name);
    if (!called || called.parameters !== node.arguments.length)
      return environment.refuse(node, 'a call of an unknown function');
    this.operands(node);
    f.code.byte(op.call);
    f.code.unsigned(called.number);
    return called.gives;
  }

  private operands(node: CallExpression): void {
    for (const argument of node.arguments as Expression[]) {
      this.value(argument);
    }
  }

  private math(node: CallExpression, { property }: MemberExpression): boolean {
    const name = property.type === 'Identifier' ? property.name : '';
    const instruction = { imul: binaryOperators['*']!, clz32: op.countLeadingZeros }[name];
    if (instruction === undefined) return this.environment.refuse(node, 'not known of Math');
    for (const argument of node.arguments) this.value(argument as Expression);
    this.f.do(instruction);
    return true;
  }

  /** A call through a table. */
  private indirect(node: CallExpression, { property }: MemberExpression, name: string): boolean {
    const { f, environment } = this;
    const table = environment.tables.get(name);
    if (!table || table.parameters !== node.arguments.length)
      return environment.refuse(node, 'not a table of functions');
    this.operands(node);
    this.value(property as Expression);
    if (table.first > 0) {
      f.constant(table.first);
      f.do(binaryOperators['+']!);
    }
    f.code.byte(op.callIndirect);
    f.code.unsigned(environment.typeOf(table.parameters));
    f.code.byte(0);
    return true;
  }

  /** The run-time checks: what is right stays inside, what is wrong is told to the host, which throws. */
  private checked(name: string, node: CallExpression): boolean {
    const { f } = this;
    if (name !== 'index' && name !== 'value' && name !== 'divisor') return false;
    const [value, ...limits] = node.arguments as Expression[];
    const kept = f.variable();
    this.value(value!);
    f.set(kept);
    f.block((right) => {
      if (name === 'index') {
        f.get(kept);
        this.value(limits[0]!);
        f.do(AT_LEAST_UNSIGNED);
        f.do(op.isZero);
        f.jump(right, op.brIf);
      } else if (name === 'divisor') {
        f.get(kept);
        f.jump(right, op.brIf);
      } else {
        f.get(kept);
        this.value(limits[0]!);
        f.do(binaryOperators['>=']!);
        f.get(kept);
        this.value(limits[1]!);
        f.do(binaryOperators['<=']!);
        f.do(binaryOperators['&']!);
        f.jump(right, op.brIf);
      }
      f.get(kept);
      for (const limit of limits) this.value(limit);
      f.code.byte(op.call);
      f.code.unsigned(this.environment.functions.get(name)!.number);
      f.do(op.drop);
    });
    f.get(kept);
    return true;
  }
}
