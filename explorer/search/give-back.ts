import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

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
}
