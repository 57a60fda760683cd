/**
 * The text of `forced(S, p, n)`: if one thread goes alone from the state and has one way to go, its successor is put at n. The step
 * lies on no cycle of its machine, so that a chain of such steps has an end.
 */
export const forcedCode = (words: number, maskWords: number): string => `
function forced(S, p, n, last) {
const c = alone(S, p, last);
return c !== 0 && take(c, S, p, n) === n + 1 ? 1 : 0;
}
function fuse(from, n) {
for (let j = from; j < n; j++) {
let last = E[j] >>> 16;
while (forced(O, j * ${words}, n, last) === 1) {
last = E[n] >>> 16;
copy(O, n * ${words}, O, j * ${words});
for (let k = 0; k < ${maskWords}; k++) M[j * ${maskWords} + k] |= M[n * ${maskWords} + k];
}
}
}`;

/** The text of `expand(S, p, n)`: the successors that are stored. What a step in the middle violates is told with its chain. */
export const expandCode = (words: number, fusion: boolean, symmetric: boolean): string =>
  [
    'function expand(S, p, from) {',
    'const n = step(S, p, from);',
    fusion ? 'fuse(from, n);' : '',
    symmetric ? `for (let j = from; j < n; j++) N[j] = canonical(j * ${words});` : '',
    'return n;',
    '}',
  ]
    .filter((line) => line !== '')
    .join('\n');
