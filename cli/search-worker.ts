import { parentPort, workerData } from 'node:worker_threads';
import { check } from '../checking/check.ts';
import { CheckpointError, CheckpointFolder } from '../checking/checkpoint-folder.ts';
import { OtherModel } from '../explorer/checkpoint/checkpoints.ts';
import { DamagedFile } from '../explorer/checkpoint/sealed-file.ts';
import { properties } from '../properties/index.ts';
import { type CheckpointRequest, checkpointOf } from './checkpoint-request.ts';
import { findNamed } from './find-named.ts';
import { findProtocol } from './find-protocol.ts';
import { engines } from './parts.ts';
import { fileTrouble } from './read-input.ts';
import type { SearchMessage, SearchRequest } from './search-request.ts';

// The thread of the search. It never waits, so the thread that started it is the one that hears signals.
const request = workerData as SearchRequest;
const say = (message: SearchMessage): void => parentPort?.postMessage(message);

try {
  if (request.text) {
    const { loadProtocol } = await import('./protocol-text.ts');
    await loadProtocol(request.text);
  }
  const signal = {
    get aborted() {
      return Atomics.load(request.stop, 0) !== 0;
    },
  };
  const folder = request.checkpoint ? opened(request.checkpoint) : null;
  check(
    {
      folder,
      scenarios: request.scenarios,
      protocol: findProtocol(request.protocol),
      properties: request.properties.map((name) => findNamed(name, properties, 'property', '--property')),
      options: { ...request.bounds, signal },
      minimal: request.minimal ?? false,
      coverage: request.coverage ?? false,
    },
    engines[request.engine],
    {
      started: (_, index) => say({ kind: 'started', index }),
      progress: (progress) => say({ kind: 'progress', progress }),
      finished: (result) => say({ kind: 'finished', result }),
    },
  );
} catch (error) {
  if (isRefusal(error)) say({ kind: 'refused', what: fileTrouble(error) });
  else if (request.text && error instanceof RangeError) say({ kind: 'outgrown', what: error.message });
  else tellFailure(error);
}

function opened({ path, every, resume }: CheckpointRequest): CheckpointFolder {
  const folder = new CheckpointFolder(path, every, (error) =>
    say({ kind: 'warned', what: `the checkpoint was not written: ${fileTrouble(error)}` }),
  );
  if (resume) folder.resume(checkpointOf(request));
  else folder.begin(checkpointOf(request));
  return folder;
}

/** Only the folder of checkpoints is read here. */
function isRefusal(error: unknown): boolean {
  if (error instanceof CheckpointError || error instanceof OtherModel || error instanceof DamagedFile)
    return true;
  return Boolean(request.checkpoint) && typeof (error as { syscall?: unknown }).syscall === 'string';
}

function tellFailure(error: unknown): void {
  const thrown = error instanceof Error ? error : new Error(String(error));
  say({ kind: 'failed', message: thrown.message, stack: thrown.stack ?? '' });
}
