#!/usr/bin/env node
import { tellFailure } from './failure.ts';
import { program } from './program.ts';

// Whoever reads our output may stop reading (`| head`); that is no error, but a check that was cut off is not a success.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(process.exitCode ?? 130);
  });
}

try {
  await program().parseAsync();
} catch (error) {
  process.exitCode = tellFailure(error);
}
