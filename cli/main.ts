#!/usr/bin/env node
import { exitCodes } from '../checking/exit-code.ts';
import { outputFailed, tellFailure } from './failure.ts';
import { program } from './program.ts';

// Whoever reads our output may stop reading (`| head`); that is no error, but a check that was cut off is not a success.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 130);
    process.exit(stream === process.stdout ? tellFailure(outputFailed(error)) : exitCodes.internal);
  });
}

try {
  await program().parseAsync();
} catch (error) {
  process.exitCode = tellFailure(error);
}
