import type { Node } from 'web-tree-sitter';
import { expressionOf } from './expressions.ts';
import type { Source } from './source.ts';
import type { Declared, Expr, Stmt } from './tree.ts';

const named = (node: Node): Node[] =>
  node.namedChildren.filter((child) => child !== null && child.type !== 'comment') as Node[];

/** Reads a statement of the grammar's tree. */
export function statementOf(node: Node, source: Source): Stmt {
  const at = source.at(node);
  const expression = (child: Node | null | undefined) => expressionOf(child ?? node, source);
  const statement = (child: Node | null | undefined): Stmt =>
    child ? statementOf(child, source) : { k: 'empty', at };
  const field = (name: string): Node | null => node.childForFieldName(name);
  switch (node.type) {
    case 'expression_statement': {
      const [value] = named(node);
      return value ? { k: 'expression', value: expression(value), at } : { k: 'empty', at };
    }
    case 'declaration':
      if (node.namedChildren.some((child) => child?.text === 'static' || child?.text === 'extern'))
        return { k: 'refused', what: 'a static variable', at };
      return { k: 'declaration', declared: declaredBy(node, source), at };
    case 'compound_statement':
      return { k: 'block', body: named(node).map((child) => statementOf(child, source)), at };
    case 'if_statement': {
      const otherwise = field('alternative');
      const then = statement(field('consequence'));
      const inner = otherwise === null ? null : (named(otherwise)[0] ?? null);
      return {
        k: 'if',
        test: expression(field('condition')),
        then,
        otherwise: inner && statement(inner),
        at,
      };
    }
    case 'while_statement': {
      const iterator = source.iteratorAt(node);
      if (iterator !== null) {
        const args = operandsOf(expression(field('condition')));
        return { k: 'iterate', macro: iterator, args, body: statement(field('body')), at };
      }
      return { k: 'while', test: expression(field('condition')), body: statement(field('body')), at };
    }
    case 'do_statement':
      return { k: 'do', test: expression(field('condition')), body: statement(field('body')), at };
    case 'for_statement': {
      const first = field('initializer');
      const [test, step] = [field('condition'), field('update')];
      return {
        k: 'for',
        first: first && firstOfLoop(first, source),
        test: test && expression(test),
        step: step && expression(step),
        body: statement(field('body')),
        at,
      };
    }
    case 'goto_statement':
      return { k: 'goto', label: field('label')?.text ?? '', at };
    case 'labeled_statement': {
      const [, body] = named(node);
      return { k: 'label', name: field('label')?.text ?? '', body: body ? statement(body) : null, at };
    }
    case 'break_statement':
      return { k: 'break', at };
    case 'continue_statement':
      return { k: 'continue', at };
    case 'return_statement': {
      const [value] = named(node);
      return { k: 'return', value: value ? expression(value) : null, at };
    }
    default:
      return { k: 'refused', what: whatIs[node.type] ?? `'${node.type.replace(/_/g, ' ')}'`, at };
  }
}

const whatIs: Readonly<Record<string, string>> = {
  switch_statement: 'a switch',
  case_statement: 'a case',
  function_definition: 'a function inside a function',
  ERROR: 'text that is not C',
  preproc_def: 'a macro defined inside a function',
};

/** The arguments of a macro, which the grammar sees as expressions with commas between them. */
const operandsOf = (e: Expr): readonly Expr[] =>
  e.k === 'comma' ? [...operandsOf(e.a), ...operandsOf(e.b)] : [e];

const firstOfLoop = (node: Node, source: Source): Stmt =>
  node.type === 'declaration'
    ? statementOf(node, source)
    : { k: 'expression', value: expressionOf(node, source), at: source.at(node) };

/** What a declaration, or the declaration of a parameter, declares. */
export function declaredBy(node: Node, source: Source): Declared[] {
  const type = (node.childForFieldName('type')?.text ?? '').replace(/\s+/g, ' ');
  const declarators = node.childrenForFieldName('declarator').filter((child) => child !== null) as Node[];
  return declarators.map((declarator) => {
    const hasValue = declarator.type === 'init_declarator';
    const value = hasValue ? declarator.childForFieldName('value') : null;
    let inner = hasValue ? (declarator.childForFieldName('declarator') ?? declarator) : declarator;
    let stars = 0;
    while (inner.type === 'pointer_declarator') {
      stars++;
      inner = inner.childForFieldName('declarator') ?? named(inner)[0] ?? inner;
      if (stars > 8) break;
    }
    const at = source.at(declarator);
    const element = inner.type === 'array_declarator' ? inner.childForFieldName('declarator') : null;
    if (element?.type === 'identifier' && inner.childForFieldName('size')?.text === 'NR_MM_COUNTERS')
      return { name: element.text, type, stars, value: null, at, isRss: true };
    if (inner.type !== 'identifier')
      return { name: inner.text, type: `${type} (of an unknown form)`, stars, value: null, at };
    return { name: inner.text, type, stars, value: value && expressionOf(value, source), at };
  });
}
