import type { Node } from 'web-tree-sitter';
import type { Source } from './source.ts';
import type { Expr } from './tree.ts';

const named = (node: Node): Node[] =>
  node.namedChildren.filter((child) => child !== null && child.type !== 'comment') as Node[];
const field = (node: Node, name: string): Node => node.childForFieldName(name) ?? node;

/** Reads an expression of the grammar's tree. */
export function expressionOf(node: Node, source: Source): Expr {
  const at = source.at(node);
  const read = (child: Node): Expr => expressionOf(child, source);
  switch (node.type) {
    case 'parenthesized_expression':
      return read(named(node)[0] ?? node);
    case 'identifier':
      return { k: 'name', name: node.text, at };
    case 'true':
    case 'false':
      return { k: 'number', value: Number(node.type === 'true'), at };
    case 'null':
      return { k: 'name', name: 'NULL', at };
    case 'number_literal': {
      const digits = node.text.replace(/[uUlL]+$/, '');
      const value = Number(digits.replace(/^0(?=[0-7]+$)/, '0o'));
      const suffix = [...new Set(node.text.slice(digits.length).toLowerCase())].sort().reverse().join('');
      if (!Number.isInteger(value)) return { k: 'refused', what: 'this number', at };
      if (value > 2 ** 31 - 1) return { k: 'refused', what: 'a number above 2147483647', at };
      return { k: 'number', value, ...(suffix !== '' && { suffix }), at };
    }
    case 'string_literal':
    case 'concatenated_string':
    case 'char_literal':
      return { k: 'text', at };
    case 'call_expression': {
      const callee = field(node, 'function');
      if (callee.type !== 'identifier') return { k: 'refused', what: 'a call through a pointer', at };
      const args = named(field(node, 'arguments')).map(read);
      return { k: 'call', name: callee.text, args, at };
    }
    case 'pointer_expression':
    case 'unary_expression': {
      const op = field(node, 'operator').text as '!';
      return { k: 'unary', op, a: read(field(node, 'argument')), at };
    }
    case 'update_expression': {
      const op = field(node, 'operator');
      const argument = field(node, 'argument');
      const by = op.text === '++' ? 1 : -1;
      return { k: 'update', by, prefix: op.startIndex < argument.startIndex, a: read(argument), at };
    }
    case 'binary_expression':
      return {
        k: 'binary',
        op: field(node, 'operator').text,
        a: read(field(node, 'left')),
        b: read(field(node, 'right')),
        at,
      };
    case 'assignment_expression':
      return {
        k: 'assign',
        op: field(node, 'operator').text.slice(0, -1),
        to: read(field(node, 'left')),
        value: read(field(node, 'right')),
        at,
      };
    case 'conditional_expression': {
      const then = node.childForFieldName('consequence');
      if (!then) return { k: 'refused', what: 'a conditional without its middle', at };
      return {
        k: 'conditional',
        test: read(field(node, 'condition')),
        then: read(then),
        otherwise: read(field(node, 'alternative')),
        at,
      };
    }
    case 'comma_expression':
      return { k: 'comma', a: read(field(node, 'left')), b: read(field(node, 'right')), at };
    case 'field_expression': {
      const arrow = field(node, 'operator').text === '->';
      return { k: 'member', of: read(field(node, 'argument')), arrow, name: field(node, 'field').text, at };
    }
    case 'cast_expression':
      return { k: 'cast', type: field(node, 'type').text, a: read(field(node, 'value')), at };
    case 'initializer_list':
      return fieldsOf(node, source);
    case 'compound_literal_expression':
      return fieldsOf(field(node, 'value'), source);
    default:
      return { k: 'refused', what: whatIs[node.type] ?? `'${node.type.replace(/_/g, ' ')}'`, at };
  }
}

const whatIs: Readonly<Record<string, string>> = {
  subscript_expression: 'an array',
  sizeof_expression: 'sizeof',
  gnu_asm_expression: 'assembler',
  generic_expression: '_Generic',
  offsetof_expression: 'offsetof',
  ERROR: 'text that is not C',
};

function fieldsOf(node: Node, source: Source): Expr {
  const at = source.at(node);
  const fields = named(node).map((pair) => {
    const name = /^\.\w+$/.exec(field(pair, 'designator').text)?.[0].slice(1);
    return pair.type === 'initializer_pair' && name !== undefined
      ? { name, value: expressionOf(field(pair, 'value'), source) }
      : null;
  });
  // {0} and {} set everything to zero.
  if (named(node).every((value) => value.text === '0')) return { k: 'fields', fields: [], at };
  if (fields.some((one) => one === null)) return { k: 'refused', what: 'an initialiser without names', at };
  return { k: 'fields', fields: fields.flatMap((one) => one ?? []), at };
}
