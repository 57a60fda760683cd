/**
 * A hash of a packed state that has nothing in common with the one that generated code makes: the steps of xxHash32 for words that
 * fill no stripe (Collet). Both together are a fingerprint of 64 bits.
 */
export function secondHash(states: Int32Array, at: number, words: number): number {
  let h = (374761393 + 4 * words) | 0;
  for (let n = 0; n < words; n++) {
    h = (h + Math.imul(states[at + n]!, -1028477379)) | 0;
    h = Math.imul((h << 17) | (h >>> 15), 668265263);
  }
  h = Math.imul(h ^ (h >>> 15), -2048144777);
  h = Math.imul(h ^ (h >>> 13), -1028477379);
  return h ^ (h >>> 16);
}
