import { rememberDiscarded } from '../../kernel/data.ts';
import { expectedPage } from '../../kernel/entry.ts';
import type { Path } from '../../kernel/path.ts';
import { type Effect, set } from '../../language/effect.ts';
import { NONE } from '../../language/expression.ts';

/** For the properties: what somebody asked to discard or unmap is no longer what the mm must see. */
export const discard = ({ k, mm }: Path, slot: number, entries: readonly number[]): readonly Effect[] =>
  entries.flatMap((e) => [...rememberDiscarded(k, mm, slot, e), set(expectedPage(k, mm, slot, e), NONE)]);
