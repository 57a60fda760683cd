import { InputError } from '../model/scenarios/input-error.ts';
import { quoted } from '../model/scenarios/quoted.ts';
import { didYouMean } from '../model/scenarios/suggestion.ts';

/** Reads `violated:NAME`: the property is known to be violated, and a run in which it is not has lost something. */
export function readExpectation(text: string, properties: readonly string[]): string {
  const [, verdict = '', name = ''] = /^([^:]*):?(.*)$/s.exec(text) ?? [];
  if (verdict !== 'violated') {
    throw new InputError('usage', '--expect', `cannot expect ${quoted(text)}`, 'write violated:NAME');
  }
  if (!properties.includes(name)) {
    throw new InputError(
      'unknown-name',
      '--expect',
      `${quoted(name)} is not among the properties that are judged`,
      didYouMean(name, properties),
    );
  }
  return name;
}
