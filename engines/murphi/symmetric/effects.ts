import { walk } from '../../../explorer/program/accesses.ts';
import type { Assignment, Effect } from '../../../model/language/effect.ts';
import type { Expression } from '../../../model/language/expression.ts';
import type { Target } from '../../../model/language/variable.ts';
import { indent, quoted } from '../step.ts';
import type { Encoding } from './bases.ts';
import type { Context } from './context.ts';
import type { Case, Element } from './element.ts';
import type { Cells } from './storage.ts';
import type { SymmetricText } from './text.ts';

/** Statements for effects; what they need to keep for a moment is declared in `kept`, as `name: type;`. */
export class EffectText {
  readonly kept: string[] = [];
  private readonly text: SymmetricText;

  constructor(text: SymmetricText) {
    this.text = text;
  }

  lines(effects: readonly Effect[], c: Context): string {
    return effects.map((effect) => this.line(effect, c)).join('\n');
  }

  private line(effect: Effect, c: Context): string {
    switch (effect.k) {
      case 'set':
        return this.assignment(effect, c);
      case 'assert':
        return `assert ${this.text.truth(effect.that, c)} ${quoted(effect.check)};`;
      case 'if': {
        const part = (list: readonly Effect[]): string => indent(this.lines(list, c), 2);
        const otherwise = effect.otherwise.length === 0 ? '' : `\nelse\n${part(effect.otherwise)}`;
        return `if ${this.text.truth(effect.test, c)} then\n${part(effect.then)}${otherwise}\nend;`;
      }
    }
  }

  private assignment({ to, value }: Assignment, c: Context): string {
    const { values } = this.text;
    const encoding = values.encodingOf(to, c);
    const targets = values.cells(to, c);
    if (!encoding) {
      const number = this.text.number(value, c);
      return branched(targets.map(({ test, then }) => ({ test, then: `${then.orbit} := ${number};` })));
    }
    const element = values.element(value, encoding, c);
    if (to.k === 'shared' && to.at.some((i) => reads(i, to)))
      throw new TypeError(`${to.name}: an index that the store changes`);
    const store = (from: Element): string =>
      branched(targets.map(({ test, then }) => ({ test, then: stored(then, from, encoding) })));
    // It is stored in several variables one after the other: a value that reads them is computed before.
    if (!reads(value, to)) return store(element);
    const kept = this.keep(encoding);
    return `${stored(kept, element, encoding)}\n${store(elementIn(kept))}`;
  }

  private keep(encoding: Encoding): Cells {
    const { names, storage } = this.text;
    const declare = (type: string): string => {
      const name = names.fresh('kept');
      this.kept.push(`${name}: ${type};`);
      return name;
    };
    const moved = encoding.parts.flatMap(({ base }) => (base === null ? [] : [base]));
    return {
      orbit: declare(`-1..${encoding.parts.at(-1)!.high}`),
      bases: new Map(moved.map((b) => [b, declare(storage.baseNames[b]!)])),
      encoding,
    };
  }
}

const elementIn = ({ orbit, bases }: Cells): Element => ({
  orbit: orbit ?? 0,
  base: (b) => bases.get(b) ?? null,
});

const reads = (e: Expression, to: Target): boolean => {
  let found = false;
  walk(e, (x) => {
    found ||= x.k === to.k && x.name === to.name;
  });
  return found;
};

/** Stores an element: what an orbit does not go with becomes undefined, so that equal values are equal states. */
function stored(to: Cells, from: Element, { parts }: Encoding): string {
  const lines = parts.flatMap(({ base, low, high }) => {
    if (base === null) return [];
    const name = to.bases.get(base)!;
    const value = from.base(base);
    const forget = `undefine ${name};`;
    if (value === null) return [forget];
    if (typeof from.orbit === 'number')
      return [low <= from.orbit && from.orbit <= high ? `${name} := ${value};` : forget];
    return [
      `if ${low} <= ${from.orbit} & ${from.orbit} <= ${high} then\n  ${name} := ${value};\nelse\n  ${forget}\nend;`,
    ];
  });
  if (to.orbit !== null) lines.push(`${to.orbit} := ${from.orbit};`);
  return lines.join('\n');
}

/** Statements of which one is chosen. */
export function branched(cases: readonly Case<string>[]): string {
  if (cases.length === 1) return cases[0]!.then;
  const parts = cases.map(({ test, then }, n) => {
    const head = test === null ? 'else' : `${n === 0 ? 'if' : 'elsif'} ${test} then`;
    return then === '' ? head : `${head}\n${indent(then, 2)}`;
  });
  return `${parts.join('\n')}\nend;`;
}
