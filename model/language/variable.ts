import {
  type Expression,
  expression,
  type LocalRead,
  NONE,
  type Operand,
  type SharedRead,
} from './expression.ts';

/**
 * A finite set of interchangeable things (mms, tables, threads). `labels` are what a person reads. Elements of a domain
 * that has `numberedBy` are shown under the number of their first write to that variable in a run.
 */
export interface Domain {
  readonly name: string;
  readonly size: number;
  readonly labels: readonly string[];
  readonly numberedBy?: { readonly variable: string; readonly prefix: string };
}

/** What values a variable takes: all integers from low to high, named values, or an element of a domain. */
export type Type =
  | { readonly kind: 'range'; readonly low: number; readonly high: number }
  | { readonly kind: 'enum'; readonly names: readonly string[] }
  | { readonly kind: 'member'; readonly domain: Domain; readonly optional: boolean };

export const range = (low: number, high: number): Type => ({ kind: 'range', low, high });
export const boolean: Type = range(0, 1);
export const oneOf = (names: readonly string[]): Type => ({ kind: 'enum', names });
export const member = (domain: Domain): Type => ({ kind: 'member', domain, optional: false });
/** An element of the domain, or NONE. */
export const optional = (domain: Domain): Type => ({ kind: 'member', domain, optional: true });

/** The least and the greatest value of a type. */
export function bounds(type: Type): { readonly low: number; readonly high: number } {
  switch (type.kind) {
    case 'range':
      return type;
    case 'enum':
      return { low: 0, high: type.names.length - 1 };
    case 'member':
      return { low: type.optional ? NONE : 0, high: type.domain.size - 1 };
  }
}

/** How a value of the type is written for people. */
export function show(type: Type, value: number): string {
  if (type.kind === 'enum') return type.names[value] ?? `?${value}`;
  if (type.kind === 'member') return value === NONE ? 'none' : (type.domain.labels[value] ?? `?${value}`);
  return String(value);
}

/** A variable that all threads see. An array has one domain for each of its indices. */
export interface SharedDeclaration {
  readonly name: string;
  readonly over: readonly Domain[];
  readonly type: Type;
  /** The initial value of each element, by its indices. */
  readonly initial: (...indices: number[]) => number;
  /** A history variable: written and read by properties only, never by the protocol, and not shown as an access. */
  readonly ghost: boolean;
  /** The name under which accesses are shown; several variables may be parts of one location (a slot's table and W bit). */
  readonly location: string;
  /** What kind of lock the variable is: a mutex holds the number of its owner or NONE, a rwsem counts (see kernel/). */
  readonly lock: 'mutex' | 'rwsem' | null;
}

/** What a local of a thread is declared as. */
export interface LocalDeclaration {
  readonly type: Type;
  readonly initial: number;
}

/** A place that an effect may store to. */
export type Target = SharedRead | LocalRead;

/** A declared shared variable; `at` names one element of it. */
export interface SharedVariable<Indices extends readonly Operand[] = readonly Operand[]>
  extends SharedDeclaration {
  readonly at: (...indices: Indices) => SharedRead;
}

interface SharedOptions {
  readonly initial?: number | ((...indices: number[]) => number);
  readonly ghost?: boolean;
  readonly location?: string;
  readonly lock?: 'mutex' | 'rwsem';
}

/** Declares a shared variable; `initial` defaults to NONE for an optional member and to the least value otherwise. */
export function sharedVariable<const D extends readonly Domain[]>(
  name: string,
  over: D,
  type: Type,
  options: SharedOptions = {},
): SharedVariable<{ [K in keyof D]: Operand }> {
  const initial = options.initial ?? bounds(type).low;
  return {
    name,
    over,
    type,
    initial: typeof initial === 'number' ? () => initial : initial,
    ghost: options.ghost ?? false,
    location: options.location ?? name,
    lock: options.lock ?? null,
    at: (...indices) => ({ k: 'shared', name, at: (indices as readonly Operand[]).map(expression) }),
  };
}

/** Handles to the locals of a machine: a misspelt local is a compile error. */
export type Locals<Name extends string> = { readonly [K in Name]: LocalRead };

/** Declares locals by their types; a local starts as NONE where that is a value of its type, else at its least value. */
export function locals<Name extends string>(
  types: Readonly<Record<Name, Type>>,
): { readonly local: Locals<Name>; readonly declared: Readonly<Record<Name, LocalDeclaration>> } {
  const local = {} as Record<Name, LocalRead>;
  const declared = {} as Record<Name, LocalDeclaration>;
  for (const name of Object.keys(types) as Name[]) {
    local[name] = { k: 'local', name };
    declared[name] = { type: types[name], initial: bounds(types[name]).low };
  }
  return { local, declared };
}

/** The number of elements of a shared variable. */
export const elements = (variable: SharedDeclaration): number =>
  variable.over.reduce((n, d) => n * d.size, 1);

/** The indices of the n-th element, last index fastest. */
export function indicesOf(variable: SharedDeclaration, element: number): number[] {
  const indices: number[] = [];
  let rest = element;
  for (const domain of [...variable.over].reverse()) {
    indices.unshift(rest % domain.size);
    rest = Math.floor(rest / domain.size);
  }
  return indices;
}

/** The element number of indices; throws a RangeError naming the variable if an index is outside its domain. */
export function elementAt(variable: SharedDeclaration, indices: readonly number[]): number {
  let element = 0;
  variable.over.forEach((domain, i) => {
    const index = indices[i] ?? NONE;
    if (index < 0 || index >= domain.size) {
      throw new RangeError(
        `${variable.name}: index ${index} is outside ${domain.name} (0 to ${domain.size - 1})`,
      );
    }
    element = element * domain.size + index;
  });
  return element;
}

export type { Expression };
