import { bounds, type Domain, indicesOf, type SharedDeclaration } from '../../model/language/variable.ts';
import type { Configuration } from '../program/configuration.ts';
import type { Program } from '../program/program.ts';

/** A store of a run: which variable, which element. In order of execution. */
export interface Store {
  readonly variable: SharedDeclaration;
  readonly element: number;
}

/** For each domain by name what its elements are called in one run. */
export type Labels = ReadonlyMap<string, readonly string[]>;

/** All domains that a program speaks of. */
function domainsOf(program: Program): Domain[] {
  const found = new Map<string, Domain>();
  const types = [
    ...program.system.shared.map((v) => v.type),
    ...program.threads.flatMap((t) => t.locals.map((l) => l.type)),
  ];
  for (const variable of program.system.shared) for (const d of variable.over) found.set(d.name, d);
  for (const type of types) if (type.kind === 'member') found.set(type.domain.name, type.domain);
  return [...found.values()];
}

/**
 * Names the elements of domains for one run. Elements of a domain that is numbered by a variable are interchangeable: those
 * in use from the start (their initial value is not the least of the type) come first, then the others in the order in
 * which the run first stores to the variable for them, then those that the run never touches.
 */
export function labelsOf(program: Program, initial: Configuration, stores: readonly Store[]): Labels {
  return new Map(domainsOf(program).map((domain) => [domain.name, labels(program, domain, initial, stores)]));
}

function labels(
  program: Program,
  domain: Domain,
  initial: Configuration,
  stores: readonly Store[],
): readonly string[] {
  const variable = domain.numberedBy && program.declared.get(domain.numberedBy.variable);
  const position = variable?.over.findIndex((d) => d.name === domain.name) ?? -1;
  if (!domain.numberedBy || !variable || position < 0) return domain.labels;
  const values = initial.shared[variable.name]!;
  const order = new Set<number>();
  const memberOf = (element: number): number => indicesOf(variable, element)[position]!;
  values.forEach((value, element) => {
    if (value !== bounds(variable.type).low) order.add(memberOf(element));
  });
  for (const store of stores) if (store.variable.name === variable.name) order.add(memberOf(store.element));
  for (let n = 0; n < domain.size; n++) order.add(n);
  const named: string[] = [];
  [...order].forEach((element, n) => {
    named[element] = `${domain.numberedBy!.prefix}${n}`;
  });
  return named;
}
