/** A word or sign of C, with its place in the text. */
export interface Token {
  readonly text: string;
  readonly at: number;
}

/** The words and signs of masked C: enough to see brackets, statements and heads of functions. */
export function tokensOf(masked: string): Token[] {
  const tokens: Token[] = [];
  for (const found of masked.matchAll(/[A-Za-z_]\w*|\d[\w.]*|->|\+\+|--|[-+*/%&|^<>=!]=|&&|\|\||<<|>>|\S/g)) {
    tokens.push({ text: found[0], at: found.index });
  }
  return tokens;
}

export const isName = (text: string | undefined): boolean =>
  text !== undefined && /^[A-Za-z_]\w*$/.test(text);
