import type { Statement, SwitchStatement, VariableDeclaration } from 'acorn';
import type { Environment } from './environment.ts';
import { ExpressionCode } from './expression-code.ts';
import type { FunctionWriter } from './function-writer.ts';
import { op } from './opcodes.ts';
import { literalValue } from './text.ts';

/** Writes statements. */
export class StatementCode {
  private readonly f: FunctionWriter;
  private readonly environment: Environment;
  private readonly expressions: ExpressionCode;

  constructor(f: FunctionWriter, environment: Environment) {
    this.f = f;
    this.environment = environment;
    this.expressions = new ExpressionCode(f, environment);
  }

  all(statements: readonly Statement[]): void {
    this.f.scoped(() => {
      for (const statement of statements) this.one(statement);
    });
  }

  private one(s: Statement): void {
    const { f, expressions, environment } = this;
    switch (s.type) {
      case 'EmptyStatement':
        return;
      case 'BlockStatement':
        this.all(s.body);
        return;
      case 'ExpressionStatement':
        expressions.effect(s.expression);
        return;
      case 'VariableDeclaration':
        this.declaration(s);
        return;
      case 'ReturnStatement':
        if (s.argument) expressions.value(s.argument);
        f.do(op.return);
        return;
      case 'IfStatement':
        f.block((end) => {
          if (!s.alternate) {
            expressions.jumpIf(s.test, end, false);
            this.one(s.consequent);
            return;
          }
          f.block((otherwise) => {
            expressions.jumpIf(s.test, otherwise, false);
            this.one(s.consequent);
            f.jump(end);
          });
          this.one(s.alternate);
        });
        return;
      case 'WhileStatement':
        this.loop(null, s.test, null, s.body);
        return;
      case 'ForStatement': {
        const { init, test, update, body } = s;
        const begin = (): void => {
          if (init?.type === 'VariableDeclaration') this.declaration(init);
          else if (init) expressions.effect(init);
        };
        this.loop(begin, test ?? null, () => update && expressions.effect(update), body);
        return;
      }
      case 'SwitchStatement':
        this.choice(s);
        return;
      case 'BreakStatement':
      case 'ContinueStatement': {
        if (s.label) environment.refuse(s, 'a label');
        const exits = f.exits.findLast((e) => s.type === 'BreakStatement' || e.again !== null);
        if (!exits) {
          environment.refuse(s, 'outside a loop');
          return;
        }
        f.jump(s.type === 'BreakStatement' ? exits.leave : exits.again!);
        return;
      }
      default:
        environment.refuse(s, `a ${s.type}`);
    }
  }

  private declaration(s: VariableDeclaration): void {
    for (const { id, init } of s.declarations) {
      if (id.type === 'Identifier' && init) {
        this.expressions.value(init);
        this.f.set(this.f.variable(id.name));
      } else {
        this.environment.refuse(s, 'a declaration without a value');
      }
    }
  }

  private loop(
    begin: (() => void) | null,
    test: Parameters<ExpressionCode['jumpIf']>[0] | null,
    next: (() => void) | null,
    body: Statement,
  ): void {
    const { f } = this;
    f.scoped(() => {
      begin?.();
      f.block((leave) => {
        f.loop((top) => {
          if (test) this.expressions.jumpIf(test, leave, false);
          f.block((again) => {
            f.exits.push({ leave, again });
            this.one(body);
            f.exits.pop();
          });
          next?.();
          f.jump(top);
        });
      });
    });
  }

  /** A table of jumps: the blocks end where the cases begin, so that the text of a case falls into the next. */
  private choice(s: SwitchStatement): void {
    const { f, environment } = this;
    const numbers = s.cases.map((c) => (c.test ? literalValue(c.test) : null));
    const last = Math.max(-1, ...numbers.map((n) => n ?? -1));
    if (numbers.some((n) => n !== null && n < 0)) environment.refuse(s, 'a negative case');
    f.block((leave) => {
      const labels: number[] = [];
      const write = (n: number): void => {
        if (n < 0) {
          this.expressions.value(s.discriminant);
          f.code.byte(op.brTable);
          f.code.unsigned(last + 1);
          const otherwise = labels[numbers.indexOf(null)] ?? leave;
          for (let k = 0; k <= last; k++)
            f.code.unsigned(f.distance(labels[numbers.indexOf(k)] ?? otherwise));
          f.code.unsigned(f.distance(otherwise));
          return;
        }
        f.block((label) => {
          labels[n] = label;
          write(n - 1);
        });
        f.exits.push({ leave, again: null });
        this.all(s.cases[n]!.consequent);
        f.exits.pop();
      };
      write(s.cases.length - 1);
    });
  }
}
