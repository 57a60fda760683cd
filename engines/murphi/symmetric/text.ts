import { interval } from '../../../explorer/compile/interval.ts';
import { RenamedText } from '../../../explorer/reduce/renaming.ts';
import type { BinaryOperator, Expression } from '../../../model/language/expression.ts';
import type { Scope } from '../../../model/language/interpreter.ts';
import type { Names } from '../../plan/names.ts';
import type { Plan } from '../../plan/plan.ts';
import { operators } from '../dialect.ts';
import { indent } from '../step.ts';
import type { Bases, Point } from './bases.ts';
import { type Bound, Context } from './context.ts';
import { chosen, sameElement } from './element.ts';
import { lifted, type Told } from './lifting.ts';
import type { Storage } from './storage.ts';
import { Values } from './values.ts';

type Junction = '&&' | '||';

/** Expressions with scalarsets: what is said of each of several interchangeable things is said by a quantifier. */
export class SymmetricText {
  readonly plan: Plan;
  readonly bases: Bases;
  readonly storage: Storage;
  readonly values: Values;
  readonly names: Names;
  /** The names of the functions that sums over scalarsets became, by what stands behind the names. */
  readonly sums = new Map<string, string>();
  private readonly bound: readonly string[];
  private readonly total: string;

  constructor(
    plan: Plan,
    bases: Bases,
    storage: Storage,
    scratch: ReadonlyMap<string, string>,
    names: Names,
  ) {
    this.plan = plan;
    this.bases = bases;
    this.storage = storage;
    this.names = names;
    this.bound = bases.sizes.flatMap((size) => Array.from({ length: size }, () => names.fresh('i')));
    this.total = names.fresh('sum');
    this.values = new Values(plan.program, bases, storage, scratch, {
      truth: (e, c) => this.truth(e, c),
      number: (e, c) => this.number(e, c),
    });
  }

  /** Where the expressions of a thread or monitor stand that is one of several which are alike. */
  inside(scope: Scope, thread: number | null, point: Point | null): Context {
    const outside = new Context(scope, thread, (depth) => this.bound[depth]!);
    return point === null || point.base === null
      ? outside
      : outside.with([{ base: point.base, at: point.at }]);
  }

  truth(e: Expression, c: Context): string {
    if (e.k === 'literal') return operators.truth(e.value !== 0);
    if (e.k === 'unary' && e.op === '!') return operators.not(this.truth(e.a, c));
    const told: Told<Expression> = (x, renaming) => new RenamedText(renaming, c.scope).expression(x);
    if (e.k === 'binary' && (e.op === '&&' || e.op === '||'))
      return this.joined(e.op, chain(e, e.op), c, told, (x, inner) => this.truth(x, inner));
    if (e.k === 'ended') return this.ended(c.scope.groups[e.group]!, c);
    return this.joined('||', [e], c, told, (x, inner) => this.compared(x, inner));
  }

  /** Truth of many things together, of those that are alike by a quantifier. */
  joined<T>(
    op: Junction,
    items: readonly T[],
    c: Context,
    told: Told<T>,
    text: (item: T, c: Context) => string,
  ): string {
    const texts = lifted(items, c, this.bases, told).map(({ item, over }) =>
      c.with(over).needing((inner) => this.quantified(op, c.since(inner), text(item, inner))),
    );
    if (texts.length === 0) return operators.truth(op === '&&');
    return texts.reduce((a, b) => (op === '&&' ? operators.both(a, b) : operators.either(a, b)));
  }

  number(e: Expression, c: Context): string {
    switch (e.k) {
      case 'literal':
        return operators.integer(e.value);
      case 'local':
      case 'shared':
        return chosen(this.values.cells(e, c).map(({ test, then }) => ({ test, then: then.orbit! })));
      case 'conditional':
        return operators.choose(this.truth(e.test, c), this.number(e.then, c), this.number(e.otherwise, c));
      case 'unary':
        if (e.op === '-') return operators.negative(this.number(e.a, c));
        break;
      case 'binary':
        if (e.op === '+') return this.sum(e, c);
        if (e.op === '-' || e.op === '*' || e.op === '%')
          return operators.arithmetic(e.op, this.number(e.a, c), this.number(e.b, c));
        break;
      default:
        break;
    }
    return operators.asNumber(this.truth(e, c));
  }

  /** Truth: all of these threads have ended. */
  ended(threads: readonly number[], c: Context): string {
    const told: Told<number> = (t, { threads: images }) => String(images[t]);
    return this.joined('&&', threads, c, told, (t, inner) => this.final('ended', t, inner));
  }

  /** Truth: the thread has ended, or was stopped. */
  final(how: 'ended' | 'stopped', thread: number, c: Context): string {
    const places = this.plan.program.threads[thread]!.places.filter((p) => p.final === how);
    return this.at(
      thread,
      places.map((p) => p.number),
      c,
    );
  }

  /** Truth: the thread is at one of these places. */
  at(thread: number, places: readonly number[], c: Context): string {
    const place = this.placeOf(thread, c);
    const { places: names } = this.storage.threads.get(this.firstOf(thread))!;
    return places.length === 0 ? 'false' : `(${places.map((p) => `${place} = ${names[p]}`).join(' | ')})`;
  }

  /** The variable of the place of a thread. */
  placeOf(thread: number, c: Context): string {
    return this.storage.threads.get(this.firstOf(thread))!.at + this.values.threadIndex(thread, c);
  }

  firstOf(thread: number): number {
    return this.storage.first(this.bases.threads, thread);
  }

  /** `name: type` for variables over bases. */
  declared(bound: readonly Bound[]): string {
    return bound.map(({ name, base }) => `${name}: ${this.storage.baseNames[base]}`).join('; ');
  }

  /** Statements for each value of the variables. */
  looped(bound: readonly Bound[], body: string): string {
    return bound.reduceRight((inner, b) => {
      const distinct = distinctFrom(b);
      const guarded = distinct === null ? inner : `if ${distinct} then\n${indent(inner, 2)}\nend;`;
      return `for ${this.declared([b])} do\n${indent(guarded, 2)}\nend;`;
    }, body);
  }

  quantified(op: Junction, bound: readonly Bound[], body: string): string {
    return bound.reduceRight((inner, b) => {
      const same = b.others.map((other) => `${b.name} = ${other}`).join(' | ');
      const distinct = distinctFrom(b);
      const word = op === '&&' ? 'forall' : 'exists';
      const guard = distinct === null ? '' : op === '&&' ? `${same} | ` : `${distinct} & `;
      return `(${word} ${this.declared([b])} do (${guard}${inner}) end)`;
    }, body);
  }

  private compared(e: Expression, c: Context): string {
    if (e.k !== 'binary' || !isComparison(e.op)) return operators.isTrue(this.number(e, c));
    const encoding = this.values.encodingOf(e.a, c) ?? this.values.encodingOf(e.b, c);
    if (!encoding) return operators.compare(e.op, this.number(e.a, c), this.number(e.b, c));
    const [a, b] = [e.a, e.b].map((x) => this.values.element(x, encoding, c));
    const same = sameElement(a!, b!, encoding);
    return e.op === '==' ? same : operators.not(same);
  }

  private sum(e: Expression, c: Context): string {
    const told: Told<Expression> = (x, renaming) => new RenamedText(renaming, c.scope).expression(x);
    const parts = chain(e, '+');
    const bounds = parts.map((x) => interval(x, c.scope));
    const low = bounds.reduce((sum, b) => sum + Math.min(0, b.low), 0);
    const high = bounds.reduce((sum, b) => sum + Math.max(0, b.high), 0);
    const texts = lifted(parts, c, this.bases, told).map(({ item, over, exact }) => {
      if (over.length === 0) return this.number(item, c);
      if (!exact) throw new TypeError('a sum of which one part stands for two choices');
      const inner = c.with(over);
      return this.summed(c, c.since(inner), this.number(item, inner), `${low}..${high}`);
    });
    return texts.reduce((a, b) => operators.arithmetic('+', a, b));
  }

  /** A call of a function: a sum over a scalarset takes a loop. */
  private summed(c: Context, bound: readonly Bound[], item: string, range: string): string {
    const words = new Set([item, ...bound.flatMap((b) => b.others)].join(' ').split(/\W+/));
    const outer = c.bound.filter((b) => words.has(b.name));
    const loop = this.looped(bound, `${this.total} := ${this.total} + ${item};`);
    const rest = `(${this.declared(outer)}): ${range};
var ${this.total}: ${range};
begin
  ${this.total} := 0;
${indent(loop, 2)}
  return ${this.total};
end;`;
    const name = this.sums.get(rest) ?? this.names.fresh('count');
    this.sums.set(rest, name);
    return `${name}(${outer.map((b) => b.name).join(', ')})`;
  }
}

/** Truth: the variable differs from those of its base outside of it; null if there is none. */
export const distinctFrom = ({ name, others }: Bound): string | null =>
  others.length === 0 ? null : `(${others.map((other) => `${name} != ${other}`).join(' & ')})`;

const isComparison = (op: BinaryOperator): op is '==' | '!=' | '<' | '<=' | '>' | '>=' =>
  ['==', '!=', '<', '<=', '>', '>='].includes(op);

const chain = (e: Expression, op: BinaryOperator): Expression[] =>
  e.k === 'binary' && e.op === op ? [...chain(e.a, op), ...chain(e.b, op)] : [e];
