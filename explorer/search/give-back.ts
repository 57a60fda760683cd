import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes that searches which have ended may have left; up to `MUCH` it does not pay to look for them. */
let left = 0;
const MUCH = 2 ** 26;

let collect: (() => void) | null = null;

/**
 * Gives back the memory of what was let go of. V8 does not see how large the memories of WebAssembly are, and lets them stand until it
 * wants room for objects of its own: a search that begins where another one has filled its bound would come on top of it.
 */
export function giveBack(): void {
  if (collect === null) {
    // Node.js hands the collector out only to contexts that are made after this flag was set.
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
    setFlagsFromString('--no-expose-gc');
  }
  collect();
  left = 0;
}

/** A search has ended, with so many bytes. */
export function leave(bytes: number): void {
  left += bytes;
}

/** Before a search: gives back what others have left, where that is much. */
export function giveBackMuch(): void {
  if (left > MUCH) giveBack();
}
