import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Language, Parser, type Tree } from 'web-tree-sitter';

let loading: Promise<Parser> | null = null;

async function load(): Promise<Parser> {
  await Parser.init();
  const folder = dirname(createRequire(import.meta.url).resolve('tree-sitter-c/package.json'));
  const language = await Language.load(await readFile(join(folder, 'tree-sitter-c.wasm')));
  const parser = new Parser();
  parser.setLanguage(language);
  return parser;
}

/** Parses C with tree-sitter's grammar, which the package brings as WebAssembly; it is loaded once. */
export interface Grammar {
  readonly parse: (text: string) => Tree;
}

export async function loadGrammar(): Promise<Grammar> {
  loading ??= load();
  const parser = await loading;
  return {
    parse: (text) => {
      const tree = parser.parse(text);
      if (!tree) throw new Error('the parser gave no tree');
      return tree;
    },
  };
}
