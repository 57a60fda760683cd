import picocolors from 'picocolors';
import type { Paint } from '../evidence/verdicts.ts';
import type { ColorChoice } from './choices.ts';

/** Paints verdict words, if the user wants colour or standard output is a terminal that does. */
export function verdictPaint(choice: ColorChoice): Paint {
  const wanted = process.stdout.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';
  const colors = picocolors.createColors(choice === 'always' || (choice === 'auto' && wanted));
  const paints = { holds: colors.green, violated: colors.red, unknown: colors.yellow };
  return (verdict, text) => paints[verdict](text);
}
