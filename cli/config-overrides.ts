import { configurationKeys } from '../model/scenarios/configuration.ts';
import { InputError } from '../model/scenarios/input-error.ts';
import { jsonValue } from '../model/scenarios/json-text.ts';
import { quoted } from '../model/scenarios/quoted.ts';
import { resolveScenario } from '../model/scenarios/read.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { didYouMean } from '../model/scenarios/suggestion.ts';
import { scenarioToJson } from '../model/scenarios/write.ts';

/** Symbols of the kernel's configuration that mean a key of the scenario's. */
const flags: Readonly<Record<string, string>> = {
  CONFIG_DEBUG_VM: 'debugVm',
  CONFIG_MMU_GATHER_RCU_TABLE_FREE: 'rcuTableFree',
};
// The kernel splits the locks if NR_CPUS is not below SPLIT_PTLOCK_CPUS. What is not given stands as x86 has it.
const cpus = 'CONFIG_NR_CPUS';
const splitFrom = 'CONFIG_SPLIT_PTLOCK_CPUS';
const usual: Readonly<Record<string, number>> = { [cpus]: 64, [splitFrom]: 4 };

const words: Readonly<Record<string, boolean>> = { y: true, n: false, true: true, false: false };
const known = [...Object.keys(configurationKeys), ...Object.keys(flags), cpus, splitFrom, 'NR_CPUS'];

/** Reads the values of --config into keys of a scenario's configuration. */
export function readOverrides(given: readonly string[]): Readonly<Record<string, unknown>> {
  const overrides: Record<string, unknown> = {};
  const numbers: Record<string, number> = {};
  for (const text of given) {
    const at = text.indexOf('=');
    if (at < 1) throw new InputError('usage', '--config', `${quoted(text)} is not KEY=VALUE`);
    const [name, value] = [text.slice(0, at), text.slice(at + 1)];
    const where = `--config ${name.slice(0, 40)}`;
    if (!known.includes(name)) {
      throw new InputError('unknown-key', '--config', `unknown key ${quoted(name)}`, didYouMean(name, known));
    }
    const symbol = name === 'NR_CPUS' ? cpus : name;
    if (symbol in usual) numbers[symbol] = readNumber(value, where);
    else overrides[flags[name] ?? name] = readValue(value, name in flags, where);
  }
  if (Object.keys(numbers).length > 0) {
    const all = { ...usual, ...numbers };
    overrides['splitPtlocks'] = all[cpus]! >= all[splitFrom]!;
  }
  return overrides;
}

function readNumber(text: string, where: string): number {
  if (/^[0-9]{1,9}$/.test(text)) return Number(text);
  throw new InputError('value', where, `${quoted(text)} is not a whole number`);
}

function readValue(text: string, isFlag: boolean, where: string): boolean | number | string {
  const word = Object.hasOwn(words, text) ? words[text] : undefined;
  if (word !== undefined) return word;
  if (isFlag) throw new InputError('value', where, `${quoted(text)} is neither y nor n`);
  return /^-?[0-9]{1,9}$/.test(text) ? Number(text) : text;
}

/**
 * Where a text is translated, --config may set any symbol that its conditionals ask for. Those that mean a key of the scenario
 * are left to it, so that the model round the text has the same configuration.
 */
export function readSymbols(
  given: readonly string[],
  isText: boolean,
): { readonly symbols: Readonly<Record<string, number>>; readonly others: readonly string[] } {
  const symbols: Record<string, number> = {};
  const others = given.filter((text) => {
    const found = /^(?<name>[A-Z_][A-Z0-9_]*)=(?<value>.*)$/.exec(text)?.groups;
    if (!isText || !found || known.includes(found['name']!)) return true;
    const where = `--config ${found['name']!.slice(0, 40)}`;
    const value = readValue(found['value']!, !/^-?\d+$/.test(found['value']!), where);
    symbols[found['name']!] = Number(value);
    return false;
  });
  return { symbols, others };
}

/** The scenario in another configuration. It is read anew, so that every rule is applied to the new values. */
export function reconfigured(scenario: Scenario, overrides: Readonly<Record<string, unknown>>): Scenario {
  if (Object.keys(overrides).length === 0) return scenario;
  const config = { ...scenario.config, ...overrides };
  return resolveScenario(jsonValue({ ...scenarioToJson(scenario), config }), '--config');
}
