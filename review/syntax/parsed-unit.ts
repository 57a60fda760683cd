import type { Node } from 'web-tree-sitter';
import { type Unit, unitText } from '../units/unit.ts';
import { type Comment, commentOf } from './comment.ts';
import { demandShallow } from './depth.ts';
import type { Grammar } from './grammar.ts';
import { prepare } from './prepare.ts';
import { Source } from './source.ts';
import { declaredBy, statementOf } from './statements.ts';
import type { At, FunctionTree, Stmt } from './tree.ts';

/** A statement as a reader sees it: one line of thought of the source. The bodies of loops and conditionals are statements of their own. */
interface Statement {
  /** 'if' stands for the head `if (...)`, and so on. */
  readonly kind: string;
  /** Its text with single blanks and without comments; of a compound statement only the head. */
  readonly text: string;
  readonly at: At;
  /** How many statements it stands in. */
  readonly depth: number;
  /** The comments between the statement before and this one. */
  readonly comments: readonly Comment[];
}

/** A unit with what it says. */
export interface ParsedUnit {
  readonly unit: Unit;
  /** The function, or the made-up one round a fragment; null for a unit without statements. */
  readonly tree: FunctionTree | null;
  readonly statements: readonly Statement[];
  /** Comments of the unit as a whole: before the function, or behind the last statement. */
  readonly comments: readonly Comment[];
  /** Where the text is not C as far as the grammar knows; null where all of it is. */
  readonly error: At | null;
}

/**
 * Parses a unit. A unit with an error keeps what could be read, its error is for those who need all of it; one that is nested too
 * deep is refused with a PatchError. Statements and comments
 * are read when somebody first asks for them.
 */
export function parseUnit(unit: Unit, grammar: Grammar): ParsedUnit {
  const { text, iterators } = prepare(unitText(unit));
  const source = new Source(unit, iterators);
  const read = <T>(what: (root: Node) => T): T => {
    const tree = grammar.parse(text);
    try {
      demandShallow(tree.rootNode, source);
      return what(tree.rootNode);
    } finally {
      tree.delete();
    }
  };
  let told: ReturnType<typeof statementsOf> | null = null;
  const statements = () => {
    told ??= read((root) => statementsOf(root, source));
    return told;
  };
  const { tree, error } = read((root) => {
    const definition = root.namedChildren.find((node) => node?.type === 'function_definition') ?? null;
    const wrong = root.hasError ? firstError(root) : null;
    return { tree: definition && functionOf(definition, source), error: wrong && source.at(wrong) };
  });
  return {
    unit,
    tree,
    error,
    get statements() {
      return statements().statements;
    },
    get comments() {
      return statements().rest;
    },
  };
}

function functionOf(node: Node, source: Source): FunctionTree | null {
  const body = node.childForFieldName('body');
  let declarator = node.childForFieldName('declarator');
  let stars = '';
  while (declarator?.type === 'pointer_declarator') {
    stars += '*';
    declarator = declarator.childForFieldName('declarator');
  }
  if (!body || declarator?.type !== 'function_declarator') return null;
  const parameters = (declarator.childForFieldName('parameters')?.namedChildren ?? []).filter(
    (child) => child?.type === 'parameter_declaration',
  ) as Node[];
  return {
    name: declarator.childForFieldName('declarator')?.text ?? '',
    type: `${node.childForFieldName('type')?.text ?? ''}${stars}`.replace(/\s+/g, ' '),
    parameters: parameters.flatMap((parameter) => declaredBy(parameter, source)),
    body: statementOf(body, source) as Stmt & { readonly k: 'block' },
    at: source.at(declarator),
  };
}

function firstError(node: Node): Node {
  if (node.isError || node.isMissing) return node;
  const child = node.children.find((one) => one?.hasError || one?.isMissing);
  return child ? firstError(child) : node;
}

const isStatement = (node: Node): boolean =>
  /_statement$|^declaration$/.test(node.type) && node.type !== 'compound_statement';
const bodies = new Set(['compound_statement', 'else_clause']);

/** All statements in the order of the text, each with the comments before it; `rest` is what no statement follows. */
function statementsOf(root: Node, source: Source): { statements: Statement[]; rest: Comment[] } {
  const statements: Statement[] = [];
  const ofUnit: Comment[] = [];
  let waiting: Comment[] = [];
  const walk = (node: Node, depth: number): void => {
    if (node.type === 'comment') {
      waiting.push(commentOf(node, source));
      return;
    }
    if (node.type === 'function_definition') {
      ofUnit.push(...waiting);
      waiting = [];
    }
    let inner = depth;
    if (isStatement(node) && !source.isMadeUp(node) && node.parent?.type !== 'for_statement') {
      const { text, at } = headOf(node, source);
      statements.push({ kind: node.type.replace(/_statement$/, ''), text, at, depth, comments: waiting });
      waiting = [];
      inner++;
    }
    for (const child of node.namedChildren) if (child) walk(child, inner);
  };
  walk(root, 0);
  return { statements, rest: [...ofUnit, ...waiting] };
}

/** The text of a statement without the statements in it. */
function headOf(node: Node, source: Source): { text: string; at: At } {
  const parts: string[] = [];
  const gather = (part: Node): void => {
    const nested = part !== node && (isStatement(part) || bodies.has(part.type));
    if (nested || part.type === 'comment') return;
    if (part.childCount === 0 || part.type === 'string_literal') parts.push(part.text);
    else for (const child of part.children) if (child) gather(child);
  };
  gather(node);
  return { text: parts.join(' ').replace(/\s+/g, ' '), at: source.at(node) };
}
