import { exitCodes } from '../checking/exit-code.ts';

/**
 * A word that the search asks for at each batch. The first Ctrl-C sets it, so that what was found until then is told; the second
 * stops at once. `doing` says what then happens. Call `dispose` when the search is over.
 */
export function interruptible(doing = 'ending the search'): {
  readonly stop: Int32Array;
  readonly dispose: () => void;
} {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const onSignal = (): void => {
    if (Atomics.exchange(stop, 0, 1) !== 0) process.exit(exitCodes.interrupted);
    process.stderr.write(`\ncowpte: interrupted; ${doing} (once more to stop at once)\n`);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  return {
    stop,
    dispose: () => {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
