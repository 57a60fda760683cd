import type { Refuse } from './text.ts';

/** A function of the module or of its host. */
export interface FunctionPlace {
  readonly number: number;
  readonly parameters: number;
  readonly gives: boolean;
}

/** An array at a known place in memory. */
export interface ArrayPlace {
  readonly address: number;
  readonly size: 1 | 4;
}

/** What a function may name beside its own variables. */
export interface Environment {
  readonly functions: ReadonlyMap<string, FunctionPlace>;
  readonly arrays: ReadonlyMap<string, ArrayPlace>;
  /** The first element of each table of functions, which all stand in one table. */
  readonly tables: ReadonlyMap<string, { readonly first: number; readonly parameters: number }>;
  /** The number of the type of functions that give a number. */
  readonly typeOf: (parameters: number) => number;
  readonly refuse: Refuse;
}
