import type { Program } from '../../../explorer/program/program.ts';
import type { Expression, LocalRead, SharedRead } from '../../../model/language/expression.ts';
import type { Target } from '../../../model/language/variable.ts';
import { operators } from '../dialect.ts';
import type { Bases, Encoding, Part } from './bases.ts';
import type { Context } from './context.ts';
import { type Case, chosen, type Element, partsOf } from './element.ts';
import { type Cells, hasOrbitIndex, type Storage } from './storage.ts';

/** How truth and numbers are written: elements and indices contain both. */
export interface Writer {
  readonly truth: (e: Expression, c: Context) => string;
  readonly number: (e: Expression, c: Context) => string;
}

/** Elements of domains that are moved, and the variables that hold values. */
export class Values {
  private readonly program: Program;
  private readonly bases: Bases;
  private readonly storage: Storage;
  private readonly scratch: ReadonlyMap<string, string>;
  private readonly write: Writer;

  constructor(
    program: Program,
    bases: Bases,
    storage: Storage,
    scratch: ReadonlyMap<string, string>,
    write: Writer,
  ) {
    this.program = program;
    this.bases = bases;
    this.storage = storage;
    this.scratch = scratch;
    this.write = write;
  }

  /** How the values of an expression are written, if they are elements of a domain that is moved. */
  encodingOf(e: Expression, c: Context): Encoding | null {
    if (e.k === 'conditional') return this.encodingOf(e.then, c) ?? this.encodingOf(e.otherwise, c);
    if (e.k !== 'local' && e.k !== 'shared') return null;
    const type = (e.k === 'local' ? c.scope.locals[e.name] : this.program.declared.get(e.name))?.type;
    return type?.kind === 'member' ? this.storage.encodingOf(type.domain) : null;
  }

  element(e: Expression, encoding: Encoding, c: Context): Element {
    switch (e.k) {
      case 'literal': {
        if (e.value < 0) return { orbit: -1, base: () => null };
        const point = encoding.points[e.value];
        // An error of the model, such as a pool that is empty: storing it is one for rumur as well.
        if (!point) return { orbit: encoding.parts.at(-1)!.high + 1, base: () => null };
        const { orbit, base, at } = point;
        return { orbit, base: (b) => (b === base ? c.name(base, at) : null) };
      }
      case 'conditional':
        return this.either(
          e.test,
          this.element(e.then, encoding, c),
          this.element(e.otherwise, encoding, c),
          c,
        );
      case 'local':
      case 'shared': {
        const cases = this.cells(e, c);
        const { orbit, bases } = cases[0]!.then;
        const of = (text: (cells: Cells) => string): string =>
          chosen(cases.map(({ test, then }) => ({ test, then: text(then) })));
        return {
          orbit: orbit === null ? 0 : of((cells) => cells.orbit!),
          base: (b) => (bases.has(b) ? of((cells) => cells.bases.get(b)!) : null),
        };
      }
      default:
        throw new TypeError('an element that is computed');
    }
  }

  /** The variables, with their indices, of what is read or stored to: which ones, depends on the parts that the indices are in. */
  cells(target: Target, c: Context): readonly Case<Cells>[] {
    return target.k === 'local' ? [{ test: null, then: this.ofLocal(target, c) }] : this.ofShared(target, c);
  }

  /** The index of a thread among those of its orbit. */
  threadIndex(thread: number, c: Context): string {
    const { base, at } = this.bases.threads[thread]!;
    return base === null ? '' : `[${c.name(base, at)}]`;
  }

  private either(condition: Expression, then: Element, otherwise: Element, c: Context): Element {
    const test = this.write.truth(condition, c);
    const choose = (a: string, b: string): string => (a === b ? a : operators.choose(test, a, b));
    return {
      orbit:
        then.orbit === otherwise.orbit ? then.orbit : choose(String(then.orbit), String(otherwise.orbit)),
      base: (b) => {
        const [x, y] = [then.base(b), otherwise.base(b)];
        return x === null || y === null ? (x ?? y) : choose(x, y);
      },
    };
  }

  private ofLocal({ name }: LocalRead, c: Context): Cells {
    const scratch = this.scratch.get(name);
    if (scratch !== undefined) return { orbit: scratch, bases: new Map(), encoding: null };
    const first = this.storage.first(this.bases.threads, c.thread!);
    return indexed(this.storage.threads.get(first)!.locals.get(name)!, this.threadIndex(c.thread!, c));
  }

  private ofShared(read: SharedRead, c: Context): readonly Case<Cells>[] {
    let ways: readonly Way[] = [{ tests: [], parts: [], index: '' }];
    read.at.forEach((at, n) => {
      const choices = this.indices(read.name, n, at, c);
      ways = ways.flatMap((way) =>
        choices.map(({ test, then }) => ({
          tests: test === null ? way.tests : [...way.tests, test],
          parts: [...way.parts, then.part],
          index: way.index + then.index,
        })),
      );
    });
    const blocks = this.storage.shared.get(read.name)!;
    return ways.map(({ tests, parts, index }, n) => ({
      test: n === ways.length - 1 ? null : tests.map((t) => `(${t})`).join(' & '),
      then: indexed(blocks.find((b) => b.parts.every((p, k) => p === parts[k]))!.cells, index),
    }));
  }

  private indices(variable: string, n: number, at: Expression, c: Context): readonly Case<Index>[] {
    const encoding = this.storage.encodingOf(this.program.declared.get(variable)!.over[n]!);
    if (!encoding) return [{ test: null, then: { part: null, index: `[${this.write.number(at, c)}]` } }];
    const element = this.element(at, encoding, c);
    return partsOf(element, encoding).map(({ test, then: part }) => {
      const orbit = hasOrbitIndex(part) ? `[${element.orbit}]` : '';
      const base = part.base === null ? null : element.base(part.base);
      if (part.base !== null && base === null)
        throw new TypeError(`${variable}: an index that is no element`);
      return { test, then: { part, index: orbit + (base === null ? '' : `[${base}]`) } };
    });
  }
}

interface Index {
  readonly part: Part | null;
  readonly index: string;
}
interface Way {
  /** All of them hold, and the way is none of those before it. */
  readonly tests: readonly string[];
  readonly parts: readonly (Part | null)[];
  readonly index: string;
}

const indexed = ({ orbit, bases, encoding }: Cells, index: string): Cells => ({
  orbit: orbit && orbit + index,
  bases: new Map([...bases].map(([base, name]) => [base, name + index])),
  encoding,
});
