import type { Path } from '../../kernel/path.ts';
import type { Fragment } from '../../language/machine.ts';
import type { ZapLocals } from './locals.ts';
import type { ZapRequest } from './request.ts';

/** What the text of a patch adds to zap, with the hand-written model round it; null where it adds nothing. */
export interface ZapText {
  /** zap_pte_range(), for a slot that held a table a moment ago. `widened`: it returned another address than the end asked for. */
  readonly zapPteRange:
    | ((path: Path, l: ZapLocals, request: ZapRequest) => Fragment<'next' | 'widened'>)
    | null;
  /** What is added to free_pmd_range(): the slot is done, or the function goes on. */
  readonly freePmdRange: ((path: Path, l: ZapLocals) => Fragment<'next' | 'rest'>) | null;
}
