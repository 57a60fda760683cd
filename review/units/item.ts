import { isName, type Token } from './tokens.ts';

/** What stands between two neighbouring ends of statements or declarations at the outermost level that is in the patch. */
export interface Item {
  readonly tokens: readonly Token[];
  /** From the first to behind the last character. */
  readonly from: number;
  readonly to: number;
  /** It ends with `;` or the `}` of a body; else the hunk ends before it does. */
  readonly complete: boolean;
  /** The bracket that opens its body, where it has one: index in `tokens`. */
  readonly body: number | null;
}

const openers = new Set(['(', '[', '{']);
const closers = new Set([')', ']', '}']);

/** Splits tokens into items. Brackets must match: the caller has cut off what belongs to brackets outside of the patch. */
export function itemsOf(tokens: readonly Token[], from: number, to: number): Item[] {
  const items: Item[] = [];
  let current: Token[] = [];
  let body: number | null = null;
  let depth = 0;
  let start = from;
  const end = (at: number, complete: boolean): void => {
    items.push({ tokens: current, from: start, to: at, complete, body });
    [current, body, start] = [[], null, at];
  };
  for (const [i, token] of tokens.entries()) {
    if (token.text === '{' && depth === 0) body ??= current.length;
    current.push(token);
    if (openers.has(token.text)) depth++;
    if (closers.has(token.text)) depth--;
    const behind = token.at + token.text.length;
    if (depth !== 0) continue;
    if (token.text === ';') end(behind, true);
    else if (token.text === '}' && endsBody(current, body, tokens[i + 1])) end(behind, true);
  }
  if (current.length > 0) end(to, false);
  return items;
}

/** A closing brace ends an item unless something belongs to it: `} name;`, `} while (..);`, `} else`, `} = {`. */
function endsBody(tokens: readonly Token[], body: number | null, next: Token | undefined): boolean {
  if (body === null) return true;
  if (tokens[0]?.text === 'do') return false;
  if (next?.text === 'else' || next?.text === ';' || next?.text === ',') return false;
  return tokens[body - 1]?.text === ')' || statementWords.has(tokens[body - 1]?.text ?? '') || body === 0;
}

const statementWords = new Set([
  'if',
  'else',
  'for',
  'while',
  'do',
  'switch',
  'case',
  'default',
  'return',
  'goto',
  'break',
  'continue',
]);
const typeWords = new Set([
  'static',
  'extern',
  'inline',
  'struct',
  'union',
  'enum',
  'typedef',
  'const',
  'unsigned',
  'signed',
  'void',
  'int',
  'long',
  'char',
  'bool',
  'short',
]);

const fileScopeMacro = /^(?:EXPORT_|MODULE_|DEFINE_|DECLARE_|LIST_HEAD|[a-z]+_(?:initcall|param)$)/;

/** Whether an item can stand only inside a function. A declaration can stand in both places and is none. */
export function isStatement({ tokens }: Item): boolean {
  const [first, second] = [tokens[0]?.text ?? '', tokens[1]?.text ?? ''];
  if (statementWords.has(first) || first === '{') return true;
  if (/^(?:\*|\+\+|--|\()$/.test(first)) return true;
  if (!isName(first) || typeWords.has(first)) return false;
  if (second === ':' || /^(?:[-+*/%&|^]=|=|->|\.|\+\+|--)$/.test(second)) return true;
  // A call, but not a macro of file scope such as EXPORT_SYMBOL(x).
  return second === '(' && !fileScopeMacro.test(first) && tokens.at(-1)?.text === ';';
}

/** Whether an item is a function with its body, complete or not. */
export function isFunction({ tokens, body }: Item): boolean {
  if (body === null || body === 0 || statementWords.has(tokens[0]?.text ?? '')) return false;
  if (tokens.slice(0, body).some(({ text }) => text === '=')) return false;
  return tokens[body - 1]?.text === ')';
}

/** The name before the first bracket: of the function that is declared. */
export function nameOf(tokens: readonly Token[]): string | null {
  const at = tokens.findIndex(({ text }) => text === '(');
  const name = tokens[at - 1]?.text;
  return at > 0 && isName(name) ? (name as string) : null;
}
