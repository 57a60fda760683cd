/** States whose successors are made before any of them is stored, and after which a search looks at its bounds. */
export const BATCH = 256;
