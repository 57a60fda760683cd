import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/**
 * A JSON schema of SARIF 2.1.0, made from the declarations of @types/sarif, which were made from the schema of OASIS: names,
 * types, what is required, words of enumerations, nothing beside what is declared. What declarations cannot say of the
 * objects that are written here is added by hand.
 */
export function sarifValidator(): ValidateFunction {
  const path = createRequire(import.meta.url)
    .resolve('@types/sarif/package.json')
    .replace('package.json', 'index.d.ts');
  const text = readFileSync(path, 'utf8').replace(/\/\*\*[\s\S]*?\*\//g, '');
  const words = new Map<string, string[]>();
  for (const [, owner, body] of text.matchAll(/export namespace (\w+) \{([\s\S]*?)\n\}/g)) {
    for (const [, name, union] of body!.matchAll(/type (\w+) =([^;]*);/g)) {
      words.set(
        `${owner}.${name}`,
        [...union!.matchAll(/"([^"]*)"/g)].map((m) => m[1]!),
      );
    }
  }
  const schemas: Record<string, object> = {};
  for (const [, name, body] of text.matchAll(/export interface (\w+) \{([\s\S]*?)\n\}/g)) {
    const members = [...body!.matchAll(/^ {4}([$\w]+)(\??): (.*?)( \| undefined)?;$/gm)];
    schemas[name!] = {
      type: 'object',
      properties: Object.fromEntries(members.map(([, key, , type]) => [key, typeOf(type!, words)])),
      required: members.filter(([, , optional]) => optional === '').map(([, key]) => key),
      additionalProperties: body!.includes('[key: string]: any;'),
      ...extra[name!],
    };
  }
  return new Ajv2020({ strictTypes: false, allErrors: true }).compile({
    $ref: '#/$defs/Log',
    $defs: schemas,
  });
}

function typeOf(type: string, words: ReadonlyMap<string, string[]>): object {
  const [, values] = /^\{ \[key: string\]: (\w+) \}$/.exec(type) ?? [];
  if (values) return { type: 'object', additionalProperties: typeOf(values, words) };
  if (type.endsWith('[]')) return { type: 'array', items: typeOf(type.slice(0, -2), words) };
  if (['string', 'number', 'boolean'].includes(type)) return { type };
  const known = words.get(type);
  if (known) return { enum: known };
  if (/^\w+$/.test(type)) return { $ref: `#/$defs/${type}` };
  throw new Error(`a type that is not read: ${type}`);
}

const oneOrMore = (...keys: string[]): object => ({ anyOf: keys.map((key) => ({ required: [key] })) });
/** Rules of the standard that are more than types. */
const extra: Readonly<Record<string, object>> = {
  Message: oneOrMore('text', 'id'),
  PhysicalLocation: oneOrMore('artifactLocation', 'address'),
  GraphTraversal: oneOrMore('runGraphIndex', 'resultGraphIndex'),
  // 3.27.10: what is not a failure has no level.
  Result: {
    if: { required: ['kind'], properties: { kind: { not: { const: 'fail' } } } },
    then: { required: ['level'], properties: { level: { const: 'none' } } },
  },
};
