import { type Domain, elements, optional, type SharedDeclaration, type Type } from '../language/variable.ts';
import { type Domains, declareVariables, type KernelVariables } from './declare.ts';
import type { Shape } from './shape.ts';

export { ENTRY_KIND, LIFE, SLOT_KIND } from './kinds.ts';
export type { EntryAtStart, Party, Shape, SlotAtStart } from './shape.ts';

/** Every shared variable of the kernel that the protocol touches, with the types of what locals hold of them. */
export interface Kernel extends Domains, KernelVariables {
  readonly shape: Shape;
  /** All shared variables, in the order of the packed state. */
  readonly shared: readonly SharedDeclaration[];
  readonly tableOrNone: Type;
  readonly pageOrNone: Type;
  readonly seqValue: Type;
}

const numbers = (n: number, prefix = ''): string[] => Array.from({ length: n }, (_, i) => `${prefix}${i}`);
const domain = (name: string, labels: readonly string[], numberedBy?: Domain['numberedBy']): Domain => ({
  name,
  size: labels.length,
  labels,
  ...(numberedBy && { numberedBy }),
});

/** Declares the shared variables for a shape. */
export function declareKernel(shape: Shape): Kernel {
  const domains: Domains = {
    mm: domain('mm', shape.mms),
    slot: domain('slot', numbers(shape.slots)),
    table: domain('table', numbers(shape.tables, 'T'), { variable: 'life', prefix: 'T' }),
    entry: domain('entry', numbers(shape.entries)),
    page: domain('page', shape.pages),
    thread: domain('thread', shape.threads),
    cpu: domain(
      'cpu',
      shape.cpus.map((c) => c.label),
    ),
    gup: domain(
      'gup',
      shape.gups.map((g) => g.label),
    ),
  };
  const variables = declareVariables(shape, domains);
  return {
    shape,
    ...domains,
    ...variables,
    shared: (Object.values(variables) as SharedDeclaration[]).filter((v) => elements(v) > 0),
    tableOrNone: optional(domains.table),
    pageOrNone: optional(domains.page),
    seqValue: variables.seq.type,
  };
}

/** Numbers of the elements of a domain. */
export const each = <T>(domainOf: Domain, make: (element: number) => T): T[] =>
  Array.from({ length: domainOf.size }, (_, i) => make(i));
