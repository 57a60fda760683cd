import type { MessagePort } from 'node:worker_threads';
import type { CheckSite } from '../compile/expression-code.ts';
import type { Memory } from '../wasm/host.ts';
import type { WasmProgram } from '../wasm/wasm-program.ts';
import type { Share } from './member.ts';

/** What a further thread of a search is started with. */
export interface CrewRequest {
  readonly me: number;
  readonly program: WasmProgram;
  readonly memories: readonly Memory[];
  readonly sites: readonly CheckSite[];
  readonly control: SharedArrayBuffer;
  readonly port: MessagePort;
}

/** What it says after each level. */
export type CrewMessage =
  | { readonly kind: 'share'; readonly share: Share }
  | { readonly kind: 'failed'; readonly message: string; readonly stack: string; readonly ofModel: boolean };
