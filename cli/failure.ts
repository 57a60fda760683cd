import { CommanderError } from 'commander';
import { exitCodes } from '../checking/exit-code.ts';
import { ascii } from '../evidence/ascii.ts';
import { InputError } from '../model/scenarios/input-error.ts';

/** An error inside the search, which ran in another thread. */
export class SearchFailure extends Error {
  override readonly name = 'SearchFailure';
}

/** Standard output took no more: a full disk, a closed device. The verdict could not be told, so it is no verdict. */
export class OutputFailure extends Error {
  override readonly name = 'OutputFailure';
}

export const outputFailed = (error: NodeJS.ErrnoException): OutputFailure =>
  new OutputFailure(`standard output cannot be written: ${error.code ?? error.message}`);

/** Says in one line what went wrong and returns the exit code. */
export function tellFailure(error: unknown): number {
  // Commander has said it already, or was asked for help.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.holds : exitCodes.input;
  if (error instanceof InputError) {
    process.stderr.write(`cowpte: ${ascii(error.line, 2000)}\n`);
    return exitCodes.input;
  }
  if (error instanceof OutputFailure) {
    process.stderr.write(`cowpte: ${ascii(error.message, 200)}\n`);
    return exitCodes.internal;
  }
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const ask = 'please report it with the command that you ran and with COWPTE_DEBUG=1 set';
  process.stderr.write(`cowpte: internal error: ${ascii(what, 1000)}; ${ask}\n`);
  if (process.env['COWPTE_DEBUG'] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return exitCodes.internal;
}
