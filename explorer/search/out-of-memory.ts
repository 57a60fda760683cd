/** Was this thrown because memory was not to be had? V8 throws a RangeError without a name of its own, as it does for much else. */
export const isOutOfMemory = (error: unknown): boolean =>
  error instanceof RangeError &&
  /^(Array buffer allocation failed|Invalid typed array length|WebAssembly\.Memory)/.test(error.message);

/** What the work gives, or null if there is no memory for it. */
export function ifMemoryAllows<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (isOutOfMemory(error)) return null;
    throw error;
  }
}
