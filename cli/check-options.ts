import { InputError } from '../model/scenarios/input-error.ts';
import { quoted } from '../model/scenarios/quoted.ts';
import { didYouMean } from '../model/scenarios/suggestion.ts';
import { type SuiteName, suiteNames } from '../model/scenarios/suites/names.ts';
import { type ColorChoice, type EngineName, engineNames, type Layout } from './choices.ts';
import type { OutputOptions } from './outputs.ts';
import { readCount, readDuration, readMemory, readSeed, readThreads } from './quantities.ts';
import type { SearchBounds } from './search-request.ts';

/** The options of `check` as commander leaves them. */
export interface CheckOptions extends OutputOptions {
  readonly scenario?: readonly string[];
  readonly suite: string;
  readonly protocol: string;
  readonly property?: readonly string[];
  readonly config?: readonly string[];
  readonly maxStates?: string;
  readonly maxDepth?: string;
  readonly maxSwitches?: string;
  readonly fingerprints?: boolean;
  readonly sample?: string;
  readonly seed?: string;
  readonly memory?: string;
  readonly timeout?: string;
  readonly checkpoint?: string;
  readonly checkpointEvery?: string;
  readonly resume?: string;
  readonly reduce: boolean;
  readonly engine: string;
  readonly threads?: string;
  readonly shortest: boolean;
  readonly first?: boolean;
  readonly minimal?: boolean;
  readonly expect?: readonly string[];
  readonly graphs: string;
  readonly patch?: readonly string[];
  readonly layout: Layout;
  readonly color: ColorChoice;
  readonly coverage?: boolean;
  readonly quiet?: boolean;
}

/** The bounds; what was not given stays out. */
export function readBounds(options: CheckOptions): SearchBounds {
  const { maxStates, maxDepth, maxSwitches, sample, seed, memory, timeout, threads } = options;
  return {
    ...(maxStates !== undefined && { maxStates: readCount(maxStates, '--max-states') }),
    ...(maxDepth !== undefined && { maxDepth: readCount(maxDepth, '--max-depth') }),
    ...(maxSwitches !== undefined && { maxSwitches: readCount(maxSwitches, '--max-switches', 0) }),
    ...(options.fingerprints && { fingerprints: true }),
    ...(sample !== undefined && { sample: readCount(sample, '--sample') }),
    ...(seed !== undefined && { seed: readSeed(seed) }),
    ...(memory !== undefined && { memory: readMemory(memory, '--memory') }),
    ...(timeout !== undefined && { timeout: readDuration(timeout, '--timeout') }),
    ...(threads !== undefined && { threads: readThreads(threads) }),
    ...(options.reduce ? {} : { reduce: 'none' as const }),
    ...(!options.shortest && { shortest: false }),
    ...(options.first && { first: true }),
  };
}

/** The engine that a name stands for. */
export const readEngine = (name: string): EngineName =>
  oneOf(name, engineNames, engineNames, 'engine', '--engine');

/** The ways to search by which a check can do without seeing everything: each is another search. */
const ways = ['fingerprints', 'sample', 'maxSwitches'] as const;
const optionOf = { fingerprints: '--fingerprints', sample: '--sample', maxSwitches: '--max-switches' };

/** Refuses options that do not go together. */
export function refuseTogether(options: CheckOptions): void {
  const [one, other] = ways.filter((way) => options[way] !== undefined);
  const refuse = (where: string, what: string): never => {
    throw new InputError('usage', where, what);
  };
  if (one && other) refuse(optionOf[other], `does not go with ${optionOf[one]}: each is another search`);
  if (one && options.engine === 'xstate') refuse(optionOf[one], "is not for the engine 'xstate'");
  if (options.threads !== undefined && (options.engine === 'js' || options.engine === 'xstate')) {
    refuse('--threads', `is not for the engine '${options.engine}', which has one`);
  }
  if (one && options.threads !== undefined) refuse('--threads', `does not go with ${optionOf[one]}`);
  if (options.seed !== undefined && options.sample === undefined) refuse('--seed', 'is for --sample');
  if (options.sample !== undefined && options.maxStates !== undefined) {
    refuse('--max-states', 'does not go with --sample, which keeps no states');
  }
}

/** The suite with this name. */
export const readSuite = (name: string): SuiteName => oneOf(name, suiteNames, suiteNames, 'suite', '--suite');

function oneOf<N extends string>(
  name: string,
  all: readonly N[],
  told: readonly string[],
  what: string,
  where: string,
): N {
  const found = all.find((one) => one === name);
  if (found !== undefined) return found;
  throw new InputError('unknown-name', where, `unknown ${what} ${quoted(name)}`, didYouMean(name, told));
}
