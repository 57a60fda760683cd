import { type AnyNode, type Expression, type FunctionDeclaration, parse } from 'acorn';

/** An array of numbers: bytes or 32-bit words. */
interface ArrayText {
  readonly name: string;
  readonly size: 1 | 4;
  readonly length: number;
  /** Null for zeros. */
  readonly values: readonly number[] | null;
}

/** A table of functions that take and give the same. */
interface TableText {
  readonly name: string;
  readonly functions: readonly string[];
}

/** What generated code declares. */
export interface CodeText {
  readonly functions: readonly FunctionDeclaration[];
  readonly arrays: readonly ArrayText[];
  readonly tables: readonly TableText[];
  /** Stops with the words of the text that are not understood. */
  readonly refuse: Refuse;
}

export type Refuse = (node: AnyNode, why: string) => never;

/** Arrays have names that begin with a capital, numbers have not. */
export const isArrayName = (name: string): boolean => /^[A-Z]/.test(name);

/** Reads generated code: functions, arrays, and tables of functions. Anything else is refused. */
export function readCode(text: string): CodeText {
  const refuse: Refuse = (node, why) => {
    throw new Error(`generated code, ${why}: ${text.slice(node.start, node.end).slice(0, 200)}`);
  };
  const functions: FunctionDeclaration[] = [];
  const arrays: ArrayText[] = [];
  const tables: TableText[] = [];
  for (const node of parse(text, { ecmaVersion: 2022 }).body) {
    if (node.type === 'FunctionDeclaration') {
      functions.push(node as FunctionDeclaration);
      continue;
    }
    if (node.type !== 'VariableDeclaration') return refuse(node, 'not a declaration');
    for (const { id, init } of node.declarations) {
      if (id.type !== 'Identifier' || !isArrayName(id.name) || !init)
        return refuse(node, 'not an array or a table');
      if (init.type === 'ArrayExpression') {
        const names = init.elements.map((e) => (e?.type === 'Identifier' ? e.name : refuse(init, 'no name')));
        tables.push({ name: id.name, functions: names });
      } else {
        arrays.push({ name: id.name, ...readArray(init, refuse) });
      }
    }
  }
  return { functions, arrays, tables, refuse };
}

/** `new Int32Array(n)`, `Int32Array.of(...)`, `Uint8Array.of(...)`. */
function readArray(init: Expression, refuse: Refuse): Omit<ArrayText, 'name'> {
  if (init.type === 'NewExpression' && init.callee.type === 'Identifier') {
    const [length] = init.arguments.map((a) => literalValue(a));
    if (length === undefined || length === null) return refuse(init, 'no length');
    return { size: sizeOf(init.callee.name, init, refuse), length, values: null };
  }
  if (init.type !== 'CallExpression' || init.callee.type !== 'MemberExpression')
    return refuse(init, 'no array');
  const { object, property } = init.callee;
  if (object.type !== 'Identifier' || property.type !== 'Identifier' || property.name !== 'of')
    return refuse(init, 'no array');
  const values = init.arguments.map((a) => literalValue(a) ?? refuse(a, 'not a number'));
  return { size: sizeOf(object.name, init, refuse), length: values.length, values };
}

function sizeOf(kind: string, node: AnyNode, refuse: Refuse): 1 | 4 {
  if (kind === 'Int32Array') return 4;
  return kind === 'Uint8Array' ? 1 : refuse(node, 'neither words nor bytes');
}

/** The value of a number as it stands, with its sign; null for anything else. */
export function literalValue(node: AnyNode): number | null {
  if (node.type === 'Literal' && typeof node.value === 'number') return node.value;
  if (node.type !== 'UnaryExpression' || node.operator !== '-') return null;
  const value = literalValue(node.argument);
  return value === null ? null : -value;
}
