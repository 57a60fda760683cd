import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ScenarioResult } from '../checking/result.ts';
import { ascii } from '../evidence/ascii.ts';
import type { Progress } from '../explorer/options.ts';
import { InputError } from '../model/scenarios/input-error.ts';
import { SearchFailure } from './failure.ts';
import type { SearchMessage, SearchRequest } from './search-request.ts';

/** The thread of the search was ended because its heap was full. */
export class OutOfMemory extends Error {
  override readonly name = 'OutOfMemory';
}

/** Told while the search runs. */
export interface SearchListener {
  readonly started: (index: number) => void;
  readonly progress: (progress: Progress) => void;
  readonly finished: (result: ScenarioResult) => void;
  readonly warned?: (what: string) => void;
}

/** Runs the search in a thread of its own and tells the listener; rejects with a SearchFailure if it breaks. */
export function searchInThread(request: SearchRequest, listener: SearchListener): Promise<void> {
  // The same file beside this one, compiled or not.
  const entry = new URL(`./search-worker${extname(import.meta.url)}`, import.meta.url);
  const worker = new Worker(entry, { workerData: request });
  return new Promise((resolve, reject) => {
    const fail = (message: string, stack: string): void => {
      const failure = new SearchFailure(message);
      failure.stack = stack;
      reject(failure);
    };
    worker.on('message', (message: SearchMessage) => {
      try {
        if (message.kind === 'started') listener.started(message.index);
        else if (message.kind === 'progress') listener.progress(message.progress);
        else if (message.kind === 'finished') listener.finished(message.result);
        else if (message.kind === 'warned') listener.warned?.(message.what);
        else if (message.kind === 'refused') reject(refusal(request, message.what));
        else if (message.kind === 'outgrown') reject(outgrown(request, message.what));
        else fail(message.message, message.stack);
      } catch (error) {
        reject(error);
        void worker.terminate();
      }
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') reject(new OutOfMemory(error.message));
      else fail(error.message, error.stack ?? '');
    });
    worker.on('exit', (code) => {
      if (code === 0) resolve();
      else fail(`the thread of the search ended with code ${code}`, '');
    });
  });
}

function refusal({ checkpoint }: SearchRequest, what: string): InputError {
  const option = checkpoint?.resume ? '--resume' : '--checkpoint';
  return new InputError('file', `${option} ${ascii(checkpoint?.path ?? '')}`, what);
}

function outgrown({ text, protocol }: SearchRequest, what: string): InputError {
  const hint =
    'the text counts further, or takes more tables, than any run of the model may: look for a step that is done once too often';
  return new InputError('patch', ascii(text?.argument ?? protocol), ascii(what), hint);
}
