import { InputError } from '../model/scenarios/input-error.ts';
import { quoted } from '../model/scenarios/quoted.ts';
import { didYouMean } from '../model/scenarios/suggestion.ts';

/** The thing with this name; an error that names the option and what was probably meant, if there is none. */
export function findNamed<T extends { readonly name: string }>(
  name: string,
  all: readonly T[],
  what: string,
  where: string,
): T {
  const found = all.find((one) => one.name === name);
  if (found) return found;
  const names = all.map((one) => one.name);
  throw new InputError('unknown-name', where, `unknown ${what} ${quoted(name)}`, didYouMean(name, names));
}
