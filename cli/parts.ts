import { assemble } from '../checking/assemble.ts';
import type { Engine } from '../checking/check.ts';
import type { CodeEngine } from '../explorer/options.ts';
import { explore } from '../explorer/search/explore.ts';
import { replay } from '../explorer/trace/replay.ts';
import { exploreWithXState } from '../explorer/xstate/explore.ts';
import type { EngineName } from './choices.ts';

const by =
  (engine: CodeEngine): Engine['explore'] =>
  (system, options) =>
    explore(system, { ...options, engine });

/**
 * The engines by name. All give the same verdicts: `js` and `wasm` run generated code, `auto` the one and on large searches the
 * other; `xstate` runs the machines as they stand, some hundred times slower.
 */
export const engines = {
  auto: { assemble, explore: by('auto'), replay },
  js: { assemble, explore: by('js'), replay },
  wasm: { assemble, explore: by('wasm'), replay },
  xstate: { assemble, explore: exploreWithXState, replay },
} as const satisfies Record<EngineName, Engine>;
