/** The part of TLA+ that engines/tla writes, as a tree. Lists of junctions are read by their columns, as the language wants. */
export type Tree =
  | { readonly k: 'number'; readonly value: number }
  | { readonly k: 'string'; readonly value: string }
  | { readonly k: 'name'; readonly name: string }
  | { readonly k: 'call'; readonly name: string; readonly args: readonly Tree[] }
  | { readonly k: 'at'; readonly of: Tree; readonly indices: readonly Tree[] }
  | { readonly k: 'prime'; readonly of: Tree }
  | { readonly k: 'op'; readonly op: string; readonly args: readonly Tree[] }
  | { readonly k: 'if'; readonly test: Tree; readonly then: Tree; readonly otherwise: Tree }
  | { readonly k: 'case'; readonly arms: readonly { readonly test: Tree | null; readonly value: Tree }[] }
  | { readonly k: 'let'; readonly definitions: readonly Definition[]; readonly body: Tree }
  | { readonly k: 'all' | 'some'; readonly name: string; readonly set: Tree; readonly body: Tree }
  | { readonly k: 'set' | 'tuple'; readonly items: readonly Tree[] }
  | {
      readonly k: 'function';
      readonly over: readonly { readonly name: string; readonly set: Tree }[];
      readonly body: Tree;
    }
  | { readonly k: 'functions'; readonly from: Tree; readonly to: Tree }
  | { readonly k: 'except'; readonly of: Tree; readonly indices: readonly Tree[]; readonly value: Tree };

export interface Definition {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly body: Tree;
}
export interface Module {
  readonly name: string;
  readonly variables: readonly string[];
  readonly definitions: ReadonlyMap<string, Definition>;
}

interface Token {
  readonly text: string;
  readonly column: number;
}

const pattern =
  /\s+|\\\*[^\n]*|"[^"]*"|-{4,}|={4,}|\[\]_|\[\]|\|->|->|=>|==|<=|>=|<<|>>|\.\.|\/\\|\\\/|\\in|\\X|\\A|\\E|\w+|[()[\]{},=#<>+\-*%~!':]/gy;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  for (let start = 0, line = 0; start < text.length; ) {
    const match = pattern.exec(text);
    if (!match) throw new SyntaxError(`no word of TLA+ at: ${text.slice(start, start + 40)}`);
    const [word] = match;
    if (!/^(\s|\\\*)/.test(word)) tokens.push({ text: word, column: start - line });
    start += word.length;
    const newline = text.lastIndexOf('\n', start - 1);
    if (newline >= line) line = newline + 1;
  }
  return tokens;
}

/** Levels of the infix operators that are written, weakest first (Lamport, Specifying Systems, table 6). */
const levels: readonly (readonly string[])[] = [
  ['=>'],
  ['/\\', '\\/'],
  ['=', '#', '<', '>', '<=', '>=', '\\in'],
  ['\\X'],
  ['..'],
  ['+', '-'],
  ['*', '%'],
];

class Parser {
  private readonly tokens: readonly Token[];
  private position = 0;
  /** Columns of the lists that are open: a word at or left of the innermost one ends it. */
  private readonly columns: number[] = [];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  module(): Module {
    this.dashes();
    this.expect('MODULE');
    const name = this.take();
    this.dashes();
    this.expect('EXTENDS');
    do this.take();
    while (this.skip(','));
    this.expect('VARIABLES');
    const variables: string[] = [];
    do variables.push(this.take());
    while (this.skip(','));
    const definitions = new Map<string, Definition>();
    while (!/^={4,}$/.test(this.peek())) {
      if (this.skip('RECURSIVE')) {
        while (this.take() !== ')');
        continue;
      }
      const definition = this.definition();
      if (definitions.has(definition.name)) throw new SyntaxError(`${definition.name} is defined twice`);
      definitions.set(definition.name, definition);
    }
    return { name, variables, definitions };
  }

  private dashes(): void {
    if (!/^-{4,}$/.test(this.take())) throw new SyntaxError('a module begins with a line of dashes');
  }

  private definition(): Definition {
    const name = this.take();
    const parameters: string[] = [];
    if (this.skip('(')) {
      do parameters.push(this.take());
      while (this.skip(','));
      this.expect(')');
    }
    this.expect('==');
    if (this.peek() === 'Init' && this.tokens[this.position + 2]?.text === '[]') {
      // Spec == Init /\ [][Next]_vars is read by TLC alone.
      while (this.take() !== '_vars');
      return { name, parameters, body: { k: 'name', name: 'TRUE' } };
    }
    return { name, parameters, body: this.infix(0) };
  }

  private infix(level: number): Tree {
    const ops = levels[level];
    if (!ops) return this.prefix();
    let left = this.infix(level + 1);
    for (let op = this.peek(); ops.includes(op); op = this.peek()) {
      this.take();
      left = { k: 'op', op, args: [left, this.infix(level + 1)] };
    }
    return left;
  }

  private prefix(): Tree {
    const word = this.peek();
    if (word === '/\\' || word === '\\/') return this.list(word);
    if (word === '~' || word === '-') {
      this.take();
      return { k: 'op', op: word === '-' ? 'negative' : '~', args: [this.prefix()] };
    }
    if (word === 'UNCHANGED' || word === 'ENABLED') {
      this.take();
      return { k: 'op', op: word, args: [this.prefix()] };
    }
    if (word === '\\A' || word === '\\E') {
      this.take();
      const name = this.take();
      this.expect('\\in');
      const set = this.infix(3);
      this.expect(':');
      return { k: word === '\\A' ? 'all' : 'some', name, set, body: this.infix(0) };
    }
    if (word === 'IF') {
      this.take();
      const test = this.infix(0);
      this.expect('THEN');
      const then = this.infix(0);
      this.expect('ELSE');
      return { k: 'if', test, then, otherwise: this.infix(0) };
    }
    if (word === 'CASE') return this.cases();
    if (word === 'LET') {
      this.take();
      const definitions: Definition[] = [];
      while (!this.skip('IN')) definitions.push(this.definition());
      return { k: 'let', definitions, body: this.infix(0) };
    }
    return this.postfix();
  }

  private cases(): Tree {
    this.expect('CASE');
    const arms: { test: Tree | null; value: Tree }[] = [];
    do {
      const test = this.skip('OTHER') ? null : this.infix(0);
      this.expect('->');
      arms.push({ test, value: this.infix(0) });
    } while (this.skip('[]'));
    return { k: 'case', arms };
  }

  /** A list of one kind of junction, each beginning in the same column. */
  private list(bullet: string): Tree {
    const { column } = this.tokens[this.position]!;
    const args: Tree[] = [];
    while (this.tokens[this.position]?.text === bullet && this.tokens[this.position]!.column === column) {
      this.position++;
      this.columns.push(column);
      args.push(this.infix(0));
      this.columns.pop();
    }
    return { k: 'op', op: bullet, args };
  }

  private postfix(): Tree {
    let tree = this.primary();
    for (;;) {
      if (this.skip("'")) tree = { k: 'prime', of: tree };
      else if (this.peek() === '[') {
        this.take();
        tree = { k: 'at', of: tree, indices: this.items(']') };
      } else return tree;
    }
  }

  private primary(): Tree {
    const word = this.take();
    if (word === '(') {
      const inside = this.infix(0);
      this.expect(')');
      return inside;
    }
    if (word === '{') return { k: 'set', items: this.items('}') };
    if (word === '<<') return { k: 'tuple', items: this.items('>>') };
    if (word === '[') return this.bracket();
    if (/^\d+$/.test(word)) return { k: 'number', value: Number(word) };
    if (word.startsWith('"')) return { k: 'string', value: word.slice(1, -1) };
    if (!/^\w+$/.test(word)) throw new SyntaxError(`unexpected '${word}'`);
    if (this.peek() !== '(') return { k: 'name', name: word };
    this.take();
    return { k: 'call', name: word, args: this.items(')') };
  }

  /** [x EXCEPT ![i] = e], [i \in S |-> e] or [S -> T]. */
  private bracket(): Tree {
    if (this.tokens[this.position + 1]?.text === 'EXCEPT') {
      const of: Tree = { k: 'name', name: this.take() };
      this.expect('EXCEPT');
      this.expect('!');
      this.expect('[');
      const indices = this.items(']');
      this.expect('=');
      const value = this.infix(0);
      this.expect(']');
      return { k: 'except', of, indices, value };
    }
    if (this.tokens[this.position + 1]?.text === '\\in') {
      const over: { name: string; set: Tree }[] = [];
      do {
        const name = this.take();
        this.expect('\\in');
        over.push({ name, set: this.infix(3) });
      } while (this.skip(','));
      this.expect('|->');
      const body = this.infix(0);
      this.expect(']');
      return { k: 'function', over, body };
    }
    const from = this.infix(0);
    this.expect('->');
    const to = this.infix(0);
    this.expect(']');
    return { k: 'functions', from, to };
  }

  private items(end: string): Tree[] {
    const items: Tree[] = [];
    if (this.skip(end)) return items;
    do items.push(this.infix(0));
    while (this.skip(','));
    this.expect(end);
    return items;
  }

  /** The next word; nothing if it stands where an open list ends. */
  private peek(): string {
    const token = this.tokens[this.position];
    if (!token) return '====';
    return token.column <= (this.columns.at(-1) ?? -1) ? '' : token.text;
  }

  private take(): string {
    const word = this.peek();
    if (word === '') throw new SyntaxError(`'${this.tokens[this.position]?.text}' stands too far left`);
    this.position++;
    return word;
  }

  private skip(word: string): boolean {
    if (this.peek() !== word) return false;
    this.position++;
    return true;
  }

  private expect(word: string): void {
    const found = this.take();
    if (found !== word) {
      const near = this.tokens.slice(this.position - 8, this.position + 3).map((t) => t.text);
      throw new SyntaxError(`'${word}' is missing near: ${near.join(' ')}`);
    }
  }
}

/** Reads a module; throws a SyntaxError for anything that is not of the part of TLA+ that is written. */
export const parseModule = (text: string): Module => new Parser(tokensOf(text)).module();
