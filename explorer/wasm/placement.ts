import type { ArrayPlace } from './environment.ts';

/** An array that has to stand in memory. */
export interface Wanted {
  readonly name: string;
  readonly size: 1 | 4;
  readonly length: number;
  /** Null for zeros. */
  readonly values: ArrayLike<number> | null;
}

/** Where arrays stand, one after the other; each begins a line of the cache. */
export interface Placement {
  readonly places: ReadonlyMap<string, ArrayPlace>;
  readonly end: number;
  /** The values that are known before. */
  readonly constants: readonly { readonly address: number; readonly values: Int32Array | Uint8Array }[];
}

const LINE = 64;

export function placed(wanted: readonly Wanted[]): Placement {
  let end = 0;
  const places = new Map<string, ArrayPlace>();
  const constants: { address: number; values: Int32Array | Uint8Array }[] = [];
  for (const { name, size, length, values } of wanted) {
    places.set(name, { address: end, size });
    if (values) {
      constants.push({
        address: end,
        values: size === 4 ? Int32Array.from(values) : Uint8Array.from(values),
      });
    }
    end = Math.ceil((end + length * size) / LINE) * LINE;
  }
  return { places, end, constants };
}
