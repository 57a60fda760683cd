import type { Irrelevant } from './claim.ts';

/** Comments of the patch that promise nothing. */
export const irrelevant: readonly Irrelevant[] = [
  { comment: '5164f2d99f18', because: 'It names the condition that ends here.' },
];
