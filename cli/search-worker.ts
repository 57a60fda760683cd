import { parentPort, workerData } from 'node:worker_threads';
import { check } from '../checking/check.ts';
import { protocols } from '../model/variants/index.ts';
import { properties } from '../properties/index.ts';
import { findNamed } from './find-named.ts';
import { engines } from './parts.ts';
import type { SearchMessage, SearchRequest } from './search-request.ts';

// The thread of the search. It never waits, so the thread that started it is the one that hears signals.
const request = workerData as SearchRequest;
const say = (message: SearchMessage): void => parentPort?.postMessage(message);

try {
  const signal = {
    get aborted() {
      return Atomics.load(request.stop, 0) !== 0;
    },
  };
  check(
    {
      scenarios: request.scenarios,
      protocol: findNamed(request.protocol, protocols, 'protocol', '--protocol'),
      properties: request.properties.map((name) => findNamed(name, properties, 'property', '--property')),
      options: { ...request.bounds, signal },
      minimal: request.minimal ?? false,
    },
    engines[request.engine],
    {
      started: (_, index) => say({ kind: 'started', index }),
      progress: (progress) => say({ kind: 'progress', progress }),
      finished: (result) => say({ kind: 'finished', result }),
    },
  );
} catch (error) {
  const thrown = error instanceof Error ? error : new Error(String(error));
  say({ kind: 'failed', message: thrown.message, stack: thrown.stack ?? '' });
}
