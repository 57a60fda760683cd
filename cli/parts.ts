import { assemble } from '../checking/assemble.ts';
import type { Engine } from '../checking/check.ts';
import { explore } from '../explorer/search/explore.ts';
import { replay } from '../explorer/trace/replay.ts';
import { exploreWithXState } from '../explorer/xstate/explore.ts';

/** The engines by name. All give the same verdicts; `xstate` runs the machines as they stand, some hundred times slower. */
export const engines = {
  js: { assemble, explore, replay },
  xstate: { assemble, explore: exploreWithXState, replay },
} as const satisfies Record<string, Engine>;

export type EngineName = keyof typeof engines;
