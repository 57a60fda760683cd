const each = (words: number, line: (n: number) => string): string =>
  Array.from({ length: words }, (_, n) => line(n)).join('\n');

/**
 * A hash of all words: MurmurHash3's mixing (Appleby), unrolled. All 32 bits matter: the high ones choose the slot, all of
 * them together are the fingerprint.
 */
export function hashCode(words: number): string {
  const mix = each(
    words,
    (n) => `k = Math.imul(S[p + ${n}], -862048943);
h ^= Math.imul(k << 15 | k >>> 17, 461845907);
h = Math.imul(h << 13 | h >>> 19, 5) - 430675100 | 0;`,
  );
  return `function hash(S, p) {
let h = ${words}, k = 0;
${mix}
h = Math.imul(h ^ h >>> 16, -2048144789);
h = Math.imul(h ^ h >>> 13, -1028477387);
return h ^ h >>> 16;
}`;
}

/** Compares two packed states. */
export const sameCode = (words: number): string =>
  `function same(A, a, B, b) { return ${Array.from({ length: words }, (_, n) => `A[a + ${n}] === B[b + ${n}]`).join(' && ')}; }`;

/** Copies a packed state. */
export const copyCode = (words: number): string =>
  `function copy(A, a, B, b) {\n${each(words, (n) => `B[b + ${n}] = A[a + ${n}];`)}\n}`;
