import { commitColumns } from '../evidence/commit-columns.ts';
import type { Counterexample } from '../evidence/counterexample.ts';
import { lockdepColumns } from '../evidence/lockdep-columns.ts';
import type { Layout } from './choices.ts';

/** The text layouts of a trace, by the name that --layout takes. */
const layouts = { lockdep: lockdepColumns, commit: commitColumns } as const satisfies Record<Layout, unknown>;

/** Draws a counterexample in the layout. */
export const drawIn = (layout: Layout, told: Counterexample): string => layouts[layout](told);
