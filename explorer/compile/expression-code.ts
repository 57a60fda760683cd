import type { Binary, Expression, LocalRead, SharedRead } from '../../model/language/expression.ts';
import type { Scope } from '../../model/language/interpreter.ts';
import type { Program } from '../program/program.ts';
import { interval } from './interval.ts';
import type { Cells, Layout } from './layout.ts';
import { cellEquals, readCell, readCellAt, type WordsCode } from './words-code.ts';

/** Where a check stands that generated code makes; its number goes to `index`, `value` or `divisor` of the run-time checks. */
export interface CheckSite {
  readonly variable: string;
  readonly where: string;
}

/** What the code of one function is generated in. */
export interface CodeContext {
  readonly program: Program;
  readonly layout: Layout;
  readonly scope: Scope;
  /** Locals of the thread; empty for conditions. */
  readonly locals: ReadonlyMap<string, Cells>;
  /** Says thread and place, for errors of the model. */
  readonly where: string;
  /** Registers a site and gives its number. */
  readonly site: (site: CheckSite) => number;
  /** A fresh variable of the function. */
  readonly temporary: () => string;
}

/** The number of an element: known, or code for it. */
export function elementCode(read: SharedRead, context: CodeContext, words: WordsCode): number | string {
  const variable = context.scope.declared.get(read.name)!;
  let known = 0;
  let code = '';
  variable.over.forEach((domain, d) => {
    const index = read.at[d]!;
    const { low, high } = interval(index, context.scope);
    if (index.k === 'literal' && index.value >= 0 && index.value < domain.size) {
      known = known * domain.size + index.value;
      if (code !== '') code = `(Math.imul(${code}, ${domain.size}) + ${index.value})`;
      return;
    }
    let part = valueCode(index, context, words);
    if (low < 0 || high >= domain.size) {
      part = `index(${part}, ${domain.size}, ${context.site({ variable: read.name, where: context.where })})`;
    }
    const before =
      code !== '' ? `Math.imul(${code}, ${domain.size})` : known > 0 ? String(known * domain.size) : '';
    code = before === '' ? part : `(${before} + ${part})`;
  });
  return code === '' ? known : code;
}

export function localCells(read: LocalRead, context: CodeContext): Cells {
  return context.locals.get(read.name)!;
}

function sharedCode(read: SharedRead, context: CodeContext, words: WordsCode): string {
  const cells = context.layout.shared.get(read.name)!;
  const element = elementCode(read, context, words);
  if (typeof element === 'number') return readCell(words, cells, element);
  // A spanning array needs the number twice; a checked index must be evaluated even where the value is a constant.
  const name = context.temporary();
  return `(${name} = ${element}, ${readCellAt(words, cells, name)})`;
}

function arithmetic(e: Binary, context: CodeContext, words: WordsCode): string {
  const a = valueCode(e.a, context, words);
  const b = valueCode(e.b, context, words);
  switch (e.op) {
    case '*':
      return `Math.imul(${a}, ${b})`;
    case '%': {
      const { low, high } = interval(e.b, context.scope);
      const safe = low > 0 || high < 0;
      const divisor = safe
        ? b
        : `divisor(${b}, ${context.site({ variable: 'remainder', where: context.where })})`;
      return `(${a} % ${divisor} | 0)`;
    }
    default:
      return `(${a} ${e.op} ${b})`;
  }
}

/** Code for the value of a folded expression. */
export function valueCode(e: Expression, context: CodeContext, words: WordsCode): string {
  interval(e, context.scope);
  switch (e.k) {
    case 'literal':
      return e.value < 0 ? `(${e.value})` : String(e.value);
    case 'local':
      return readCell(words, localCells(e, context), 0);
    case 'shared':
      return sharedCode(e, context, words);
    case 'unary':
      if (e.op === '-') return `(0 - ${valueCode(e.a, context, words)})`;
      break;
    case 'binary':
      if (['+', '-', '*', '%'].includes(e.op)) return arithmetic(e, context, words);
      break;
    case 'conditional': {
      const [then, otherwise] = [valueCode(e.then, context, words), valueCode(e.otherwise, context, words)];
      return `(${truthCode(e.test, context, words)} ? ${then} : ${otherwise})`;
    }
    case 'parameter':
      throw new ReferenceError(`parameter '${e.name}' was not folded`);
    case 'ended':
      break;
  }
  return `(${truthCode(e, context, words)} ? 1 : 0)`;
}

/** The one cell that an expression reads, if it is nothing but such a read at a known place. */
function plainCell(
  e: Expression,
  context: CodeContext,
  words: WordsCode,
): { cells: Cells; n: number } | null {
  if (e.k === 'local') return { cells: localCells(e, context), n: 0 };
  if (e.k !== 'shared') return null;
  if (!e.at.every((i) => i.k === 'literal')) return null;
  const n = elementCode(e, context, words);
  return typeof n === 'number' ? { cells: context.layout.shared.get(e.name)!, n } : null;
}

function equality(e: Binary, context: CodeContext, words: WordsCode): string {
  const negation = e.op === '!=' ? '!' : '';
  for (const [x, y] of [
    [e.a, e.b],
    [e.b, e.a],
  ] as const) {
    const cell = y.k === 'literal' ? plainCell(x, context, words) : null;
    if (cell && y.k === 'literal') return `${negation}${cellEquals(words, cell.cells, cell.n, y.value)}`;
  }
  const [a, b] = [valueCode(e.a, context, words), valueCode(e.b, context, words)];
  return `(${a} ${e.op === '==' ? '===' : '!=='} ${b})`;
}

/** Code for whether a folded expression is true (not 0). */
export function truthCode(e: Expression, context: CodeContext, words: WordsCode): string {
  switch (e.k) {
    case 'literal':
      return e.value !== 0 ? 'true' : 'false';
    case 'unary':
      if (e.op === '!') return `!${truthCode(e.a, context, words)}`;
      break;
    case 'binary': {
      if (e.op === '==' || e.op === '!=') return equality(e, context, words);
      if (e.op === '&&' || e.op === '||') {
        return `(${truthCode(e.a, context, words)} ${e.op} ${truthCode(e.b, context, words)})`;
      }
      if (['<', '<=', '>', '>='].includes(e.op)) {
        return `(${valueCode(e.a, context, words)} ${e.op} ${valueCode(e.b, context, words)})`;
      }
      break;
    }
    case 'conditional': {
      const [then, otherwise] = [truthCode(e.then, context, words), truthCode(e.otherwise, context, words)];
      return `(${truthCode(e.test, context, words)} ? ${then} : ${otherwise})`;
    }
    case 'ended':
      return allEnded(context.scope.groups[e.group]!, context, words);
    default:
      break;
  }
  return `(${valueCode(e, context, words)} !== 0)`;
}

/** Code for whether all the threads have ended. */
export function allEnded(threads: readonly number[], context: CodeContext, words: WordsCode): string {
  const each = threads.map((n) => {
    const ends = context.program.threads[n]!.places.filter((p) => p.final === 'ended');
    const one = ends.map((p) => cellEquals(words, context.layout.places[n]!, 0, p.number));
    return `(${one.length === 0 ? 'false' : one.join(' || ')})`;
  });
  return each.length === 0 ? 'true' : `(${each.join(' && ')})`;
}
