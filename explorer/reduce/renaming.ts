import type { Effect } from '../../model/language/effect.ts';
import type { BinaryOperator, Expression } from '../../model/language/expression.ts';
import type { Scope } from '../../model/language/interpreter.ts';
import type { Type } from '../../model/language/variable.ts';
import { mayFail } from './may-fail.ts';

/** How elements of domains and threads are renamed. What is not listed keeps its name. */
export interface Renaming {
  readonly threads: readonly number[];
  /** By the name of the domain; only those in which something is renamed. */
  readonly elements: ReadonlyMap<string, readonly number[]>;
}

/** Thrown where a renaming has no meaning: a name is counted with, ordered, or taken for a name of something else. */
export class NotRenamable extends Error {
  override readonly name = 'NotRenamable';
}

/** The value of a type under a renaming. NONE and what is no element keep their value. */
export function renamed(value: number, type: Type, { elements }: Renaming): number {
  return (type.kind === 'member' ? elements.get(type.domain.name)?.[value] : undefined) ?? value;
}

const COMMUTES: ReadonlySet<BinaryOperator> = new Set(['&&', '||', '+']);

function chain(e: Expression, op: BinaryOperator): Expression[] {
  return e.k === 'binary' && e.op === op ? [...chain(e.a, op), ...chain(e.b, op)] : [e];
}

/**
 * Writes expressions and effects as texts under a renaming, so that two of them mean the same if their texts are equal: what is
 * connected by an operation whose operands may be exchanged is sorted, unless exchanging could make an evaluation fail.
 */
export class RenamedText {
  private readonly renaming: Renaming;
  private readonly scope: Scope;

  constructor(renaming: Renaming, scope: Scope) {
    this.renaming = renaming;
    this.scope = scope;
  }

  /** `domain`: whose element the value is meant to be; null for a number. */
  expression(e: Expression, domain: string | null = null): string {
    const names = domain !== null && this.renaming.elements.has(domain);
    switch (e.k) {
      case 'literal':
        return String(names ? (this.renaming.elements.get(domain)![e.value] ?? e.value) : e.value);
      case 'local':
      case 'shared': {
        const own = this.domainOf(e);
        if (own !== domain && (names || this.moves(own)))
          throw new NotRenamable(`${e.name} as a value of another kind`);
        if (e.k === 'local') return `local ${e.name}`;
        const { over } = this.scope.declared.get(e.name)!;
        return `${e.name}[${e.at.map((i, d) => this.expression(i, over[d]!.name)).join(',')}]`;
      }
      case 'conditional':
        return `(${this.expression(e.test)} ? ${this.expression(e.then, domain)} : ${this.expression(e.otherwise, domain)})`;
      default:
        if (names) throw new NotRenamable('an element that is computed');
        return this.computed(e);
    }
  }

  effects(effects: readonly Effect[]): string {
    return effects.map((effect) => this.effect(effect)).join('; ');
  }

  private computed(e: Exclude<Expression, { k: 'literal' | 'local' | 'shared' | 'conditional' }>): string {
    switch (e.k) {
      case 'unary':
        return `${e.op}(${this.expression(e.a)})`;
      case 'ended': {
        const group = this.scope.groups[e.group]!.map((t) => this.renaming.threads[t]!);
        return `ended(${group.sort((a, b) => a - b).join(',')})`;
      }
      case 'binary': {
        if (e.op === '==' || e.op === '!=') {
          const domain = this.domainOf(e.a) ?? this.domainOf(e.b);
          return `(${[this.expression(e.a, domain), this.expression(e.b, domain)].sort().join(` ${e.op} `)})`;
        }
        const operands = COMMUTES.has(e.op) ? chain(e, e.op) : [e.a, e.b];
        const texts = operands.map((o) => this.expression(o));
        if (COMMUTES.has(e.op) && !operands.some((o) => mayFail(o, this.scope))) texts.sort();
        return `(${texts.join(` ${e.op} `)})`;
      }
      case 'parameter':
        throw new ReferenceError(`parameter '${e.name}' was not folded`);
    }
  }

  private effect(effect: Effect): string {
    switch (effect.k) {
      case 'set': {
        const domain = this.domainOf(effect.to);
        const to = this.expression(effect.to, domain);
        return `${effect.lock ?? 'set'} ${to} = ${this.expression(effect.value, domain)}`;
      }
      case 'assert':
        return `assert ${effect.check} ${this.expression(effect.that)}`;
      case 'if':
        return `if ${this.expression(effect.test)} {${this.effects(effect.then)}} else {${this.effects(effect.otherwise)}}`;
    }
  }

  private moves(domain: string | null): boolean {
    return domain !== null && this.renaming.elements.has(domain);
  }

  /** The domain whose elements the values of an expression are by its form. */
  private domainOf(e: Expression): string | null {
    if (e.k === 'conditional') return this.domainOf(e.then) ?? this.domainOf(e.otherwise);
    if (e.k !== 'local' && e.k !== 'shared') return null;
    const { type } = e.k === 'local' ? this.scope.locals[e.name]! : this.scope.declared.get(e.name)!;
    return type.kind === 'member' ? type.domain.name : null;
  }
}
