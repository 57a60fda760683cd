import type { ScenarioResult } from '../checking/result.ts';
import type { Progress } from '../explorer/options.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import type { CheckpointRequest } from './checkpoint-request.ts';
import type { EngineName } from './choices.ts';
import type { ProtocolText } from './protocol-text.ts';

/** The bounds of a search that a message to another thread can carry. */
export interface SearchBounds {
  readonly maxStates?: number;
  readonly maxDepth?: number;
  readonly maxSwitches?: number;
  readonly memory?: number;
  readonly timeout?: number;
  readonly reduce?: 'all' | 'none';
  readonly shortest?: boolean;
  readonly first?: boolean;
  readonly fingerprints?: boolean;
  readonly sample?: number;
  readonly seed?: number;
  readonly threads?: number;
}

/** What the thread of the search is started with. Names instead of things: machines and functions cannot be sent. */
export interface SearchRequest {
  readonly scenarios: readonly Scenario[];
  readonly protocol: string;
  /** The text that the protocol is made of, if it is not one of the listed. */
  readonly text?: ProtocolText | null;
  readonly properties: readonly string[];
  readonly bounds: SearchBounds;
  readonly engine: EngineName;
  /** Say of each violating run whether its hand-overs are needed. */
  readonly minimal?: boolean;
  readonly checkpoint?: CheckpointRequest | null;
  /** Also say what each search was about. */
  readonly coverage?: boolean;
  /** One word; the search ends when it is no longer 0. */
  readonly stop: Int32Array;
}

/** What it says on its way. */
export type SearchMessage =
  | { readonly kind: 'started'; readonly index: number }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'finished'; readonly result: ScenarioResult }
  /** Something that the user is told beside the result. */
  | { readonly kind: 'warned'; readonly what: string }
  /** The folder of checkpoints cannot be used. */
  | { readonly kind: 'refused'; readonly what: string }
  /** The text of a protocol makes something that the model has no room for. */
  | { readonly kind: 'outgrown'; readonly what: string }
  | { readonly kind: 'failed'; readonly message: string; readonly stack: string };
