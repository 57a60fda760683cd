import type { CheckSite } from './expression-code.ts';

/** What generated code calls with a value that it cannot be sure of; each gives the value back. */
export interface RuntimeChecks {
  readonly index: (i: number, size: number, site: number) => number;
  readonly value: (v: number, low: number, high: number, site: number) => number;
  readonly divisor: (d: number, site: number) => number;
}

/** Run-time checks of the generated code: a value or an index out of range is an error of the model, never of the state. */
export function runtimeChecks(sites: readonly CheckSite[]): RuntimeChecks {
  const fail = (site: number, what: string): never => {
    const { variable, where } = sites[site]!;
    throw new RangeError(`${variable}: ${what} (${where})`);
  };
  return {
    index: (i, size, site) => (i >>> 0 < size ? i : fail(site, `index ${i} is outside 0 to ${size - 1}`)),
    value: (v, low, high, site) =>
      v >= low && v <= high ? v : fail(site, `value ${v} is outside ${low} to ${high}`),
    divisor: (d, site) => (d !== 0 ? d : fail(site, 'remainder by 0')),
  };
}
