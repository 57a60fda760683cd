import { exitCodes } from '../checking/exit-code.ts';

/** Prints all that a command has to say. Whoever stops reading (`| head`) has what he wanted: that is a success. */
export function answer(text: string): void {
  process.exitCode = exitCodes.holds;
  process.stdout.write(text);
}
