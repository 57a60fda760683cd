import {
  bounds,
  type Domain,
  elements,
  indicesOf,
  type SharedDeclaration,
} from '../../model/language/variable.ts';
import type { Configuration } from '../program/configuration.ts';
import type { Program } from '../program/program.ts';
import { Naming } from '../trace/naming.ts';

/** Names of the variables of which a system says that they make up its shape; without a word, all that are no ghosts. */
export const shapeVariables = ({ system }: Program): readonly string[] =>
  system.shape ?? system.shared.filter((v) => !v.ghost).map((v) => v.name);

/**
 * The shape of a state: the values of some variables. Elements that are numbered in the order of their use have no names of their
 * own: they are called by the order in which the shape mentions them, and left out while nobody uses them, so that two states
 * which differ in nothing but these names have the same shape. Throws a ReferenceError for a variable that is not there.
 */
export function shapeOf(program: Program, names: readonly string[]): (now: Configuration) => string {
  const variables = names.map((name) => {
    const found = program.declared.get(name);
    if (!found) throw new ReferenceError(`unknown shared variable '${name}'`);
    return found;
  });
  const known = new Map<string, string>();
  return (now) => {
    const values = variables.map((v) => now.shared[v.name]!.join(' ')).join('|');
    const text = known.get(values) ?? written(program, variables, now);
    known.set(values, text);
    return text;
  };
}

function written(program: Program, variables: readonly SharedDeclaration[], now: Configuration): string {
  const numbered = variables
    .flatMap((v) => [...v.over, ...(v.type.kind === 'member' ? [v.type.domain] : [])])
    .filter((domain) => domain.numberedBy);
  const orders = new Map(numbered.map((d) => [d.name, inOrderOfMention(program, d, variables, now)]));
  const labels = new Map(
    numbered.map((d) => {
      const order = orders.get(d.name)!;
      const of = (element: number): string => `${d.numberedBy!.prefix}${order.indexOf(element)}`;
      return [d.name, Array.from({ length: d.size }, (_, element) => of(element))] as const;
    }),
  );
  const used = (variable: SharedDeclaration, element: number): boolean =>
    indicesOf(variable, element).every((i, n) => orders.get(variable.over[n]!.name)?.includes(i) ?? true);
  const naming = new Naming(program, labels, (v, element) => variables.includes(v) && used(v, element));
  return Object.entries(naming.sharedState(now))
    .map(([location, value]) => `${location}: ${value}`)
    .join(', ');
}

/** The elements of a domain that are in use: first those that a variable names, then the others by what is kept of them. */
function inOrderOfMention(
  program: Program,
  domain: Domain,
  variables: readonly SharedDeclaration[],
  now: Configuration,
): readonly number[] {
  const order = new Set<number>();
  for (const { name, type } of variables) {
    if (type.kind !== 'member' || type.domain.name !== domain.name) continue;
    for (const value of now.shared[name]!) if (value >= 0) order.add(value);
  }
  const rest: { readonly element: number; readonly kept: string }[] = [];
  for (let element = 0; element < domain.size; element++) {
    if (!order.has(element) && inUse(program, domain, now, element)) {
      rest.push({ element, kept: JSON.stringify(keptOf(domain, variables, now, element)) });
    }
  }
  rest.sort((a, b) => (a.kept < b.kept ? -1 : a.kept > b.kept ? 1 : a.element - b.element));
  return [...order, ...rest.map((r) => r.element)];
}

/** What the variables keep of one element of a domain. */
const keptOf = (
  domain: Domain,
  variables: readonly SharedDeclaration[],
  now: Configuration,
  element: number,
): number[][] =>
  variables.map((v) => {
    const position = v.over.findIndex((d) => d.name === domain.name);
    if (position < 0) return [];
    const all = Array.from({ length: elements(v) }, (_, n) => n);
    return all.filter((n) => indicesOf(v, n)[position] === element).map((n) => now.shared[v.name]![n]!);
  });

/** An element is in use once the variable that numbers its domain has left its least value. */
function inUse(program: Program, domain: Domain, now: Configuration, element: number): boolean {
  const numbering = program.declared.get(domain.numberedBy!.variable);
  if (!numbering) return true;
  const { low } = bounds(numbering.type);
  return keptOf(domain, [numbering], now, element)[0]!.some((value) => value !== low);
}
