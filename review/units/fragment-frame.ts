import { matchBrackets } from './brackets.ts';
import type { Token } from './tokens.ts';

/** What makes statements from the middle of a function a whole function again. */
export interface Frame {
  readonly before: string;
  readonly after: string;
}

/** The head of the made-up function; no function of the kernel is called so. */
const fragmentName = '__cowpte_fragment';

/**
 * The brackets that statements lack: the blocks that they stand in, and those that they begin and do not end. With `endsFunction`
 * their last closing brace is that of the function.
 */
export function frameOf(tokens: readonly Token[], endsFunction: boolean): Frame {
  const { closing, opening } = matchBrackets(tokens);
  const blocks = endsFunction ? closing.slice(0, -1) : closing;
  const openers = blocks.map((at) => openerFor(tokens, at)).reverse();
  const ends = [...opening].reverse().map((at) => (tokens[at - 1]?.text === 'do' ? '} while (0);' : '}'));
  const last = tokens.at(-1)?.text;
  const label = last === ':' ? ';' : '';
  const loop = last === '}' && closesDo(tokens) ? 'while (0);' : '';
  const end = endsFunction ? '' : '}';
  return {
    before: `void ${fragmentName}(void) {${openers.join('')}`,
    after: `${label}${loop}${ends.join('')}${end}`,
  };
}

/** What opened the block that ends here, as far as what follows it must fit to it. */
function openerFor(tokens: readonly Token[], at: number): string {
  const next = tokens[at + 1]?.text;
  if (next === 'else') return 'if (0) {';
  return next === 'while' && endsAsLoop(tokens, at + 2) ? 'do {' : '{';
}

/** `while (...)` is followed by a semicolon. */
function endsAsLoop(tokens: readonly Token[], from: number): boolean {
  let depth = 0;
  for (let i = from; i < tokens.length; i++) {
    if (tokens[i]!.text === '(') depth++;
    if (tokens[i]!.text === ')' && --depth === 0) return tokens[i + 1]?.text === ';';
  }
  return false;
}

/** The block that ends with the last token was opened by `do {`. */
function closesDo(tokens: readonly Token[]): boolean {
  let depth = 0;
  for (let i = tokens.length - 1; i >= 0; i--) {
    if (tokens[i]!.text === '}') depth++;
    if (tokens[i]!.text === '{' && --depth === 0) return tokens[i - 1]?.text === 'do';
  }
  return false;
}
