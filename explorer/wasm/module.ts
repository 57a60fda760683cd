import type { AnyNode, FunctionDeclaration } from 'acorn';
import { Bytes } from './bytes.ts';
import type { ArrayPlace, Environment, FunctionPlace } from './environment.ts';
import { FunctionWriter } from './function-writer.ts';
import { I32, op } from './opcodes.ts';
import { StatementCode } from './statement-code.ts';
import type { CodeText } from './text.ts';

/** The run-time checks, by which the host throws: what each takes. */
const CHECKS = { index: 3, value: 4, divisor: 2 } as const;

const FUNCTION_TYPE = 0x60;
const FUNCTION_REFERENCE = 0x70;
const SHARED_AND_LIMITED = 3;
const PAGES = 65_536;
const sections = { type: 1, import: 2, function: 3, table: 4, export: 7, element: 9, code: 10 } as const;

/**
 * A module of all functions of generated code. Its memory is shared and, like the run-time checks, comes from the host under
 * `host`; `arrays` says where the arrays of the text stand in it.
 */
export function moduleBytes(
  code: CodeText,
  arrays: ReadonlyMap<string, ArrayPlace>,
  exported: readonly string[],
): Uint8Array<ArrayBuffer> {
  const types = new FunctionTypes();
  const functions = new Map<string, FunctionPlace>();
  for (const [name, parameters] of Object.entries(CHECKS)) {
    functions.set(name, { number: functions.size, parameters, gives: true });
  }
  const written = [...functions.values()].map((f) => types.of(f.parameters, f.gives));
  for (const f of code.functions) {
    const gives = givesNumber(f.body);
    functions.set(f.id.name, { number: functions.size, parameters: f.params.length, gives });
    written.push(types.of(f.params.length, gives));
  }
  const elements: number[] = [];
  const tables = new Map(
    code.tables.map(({ name, functions: names }) => {
      const first = elements.length;
      elements.push(...names.map((n) => functions.get(n)!.number));
      return [name, { first, parameters: functions.get(names[0]!)!.parameters }] as const;
    }),
  );
  const environment: Environment = {
    functions,
    arrays,
    tables,
    typeOf: (parameters) => types.of(parameters, true),
    refuse: code.refuse,
  };
  const bodies = code.functions.map((f) => functionBody(f, environment));
  const checks = Object.keys(CHECKS);

  const module = new Bytes();
  module.byte(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);
  section(module, sections.type, types.all, (b, { parameters, gives }) => {
    b.byte(FUNCTION_TYPE);
    b.unsigned(parameters);
    for (let n = 0; n < parameters; n++) b.byte(I32);
    b.byte(...(gives ? [1, I32] : [0]));
  });
  section(module, sections.import, ['memory', ...checks], (b, name) => {
    b.name('host');
    b.name(name);
    if (name === 'memory') {
      b.byte(2, SHARED_AND_LIMITED, 1);
      b.unsigned(PAGES);
    } else {
      b.byte(0);
      b.unsigned(written[functions.get(name)!.number]!);
    }
  });
  section(module, sections.function, written.slice(checks.length), (b, type) => b.unsigned(type));
  section(module, sections.table, [elements.length], (b, length) => {
    b.byte(FUNCTION_REFERENCE, 0);
    b.unsigned(length);
  });
  section(module, sections.export, exported, (b, name) => {
    b.name(name);
    b.byte(0);
    b.unsigned(functions.get(name)!.number);
  });
  section(module, sections.element, [elements], (b, all) => {
    b.byte(0, op.const, 0, op.end);
    b.unsigned(all.length);
    for (const number of all) b.unsigned(number);
  });
  section(module, sections.code, bodies, (b, body) => {
    b.unsigned(body.length);
    b.append(body);
  });
  return module.finished();
}

function section<T>(
  module: Bytes,
  id: number,
  items: readonly T[],
  write: (to: Bytes, item: T) => void,
): void {
  const content = new Bytes();
  content.unsigned(items.length);
  for (const item of items) write(content, item);
  module.byte(id);
  module.unsigned(content.length);
  module.append(content.finished());
}

function functionBody(f: FunctionDeclaration, environment: Environment): Uint8Array {
  const names = f.params.map((p) =>
    p.type === 'Identifier' ? p.name : environment.refuse(p, 'not a plain parameter'),
  );
  const writer = new FunctionWriter(names);
  new StatementCode(writer, environment).all(f.body.body);
  // The end of a function that gives a number is never reached: its text returns.
  if (environment.functions.get(f.id.name)!.gives) writer.do(op.unreachable);
  return writer.finished();
}

/** Does a body return something? */
function givesNumber(node: AnyNode): boolean {
  if (node.type === 'ReturnStatement') return node.argument !== null && node.argument !== undefined;
  return Object.values(node).some((part: unknown) =>
    Array.isArray(part) ? part.some((p) => isNode(p) && givesNumber(p)) : isNode(part) && givesNumber(part),
  );
}

const isNode = (part: unknown): part is AnyNode =>
  typeof part === 'object' && part !== null && 'type' in part && typeof part.type === 'string';

/** The types of functions, each once. */
class FunctionTypes {
  readonly all: { readonly parameters: number; readonly gives: boolean }[] = [];

  of(parameters: number, gives: boolean): number {
    const known = this.all.findIndex((t) => t.parameters === parameters && t.gives === gives);
    return known >= 0 ? known : this.all.push({ parameters, gives }) - 1;
  }
}
