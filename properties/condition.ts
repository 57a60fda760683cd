import { expression, type Operand } from '../model/language/expression.ts';
import type { Condition } from '../model/language/system.ts';

/** A condition with the words of its closing line. */
export const condition = (
  that: Operand,
  needed: string,
  found: string,
  facts: readonly Operand[] = [],
): Condition => ({
  that: expression(that),
  needed,
  found,
  facts: facts.map(expression),
});
