import { type Command, Option } from 'commander';
import { InputError } from '../model/scenarios/input-error.ts';
import { quoted } from '../model/scenarios/quoted.ts';
import { didYouMean } from '../model/scenarios/suggestion.ts';
import { suites } from '../model/scenarios/suites/index.ts';
import type { ColorChoice } from './color.ts';
import type { Layout } from './layout.ts';
import type { OutputOptions } from './outputs.ts';
import { type EngineName, engines } from './parts.ts';
import { readCount, readDuration, readMemory, readSeed, readThreads } from './quantities.ts';
import type { SearchBounds } from './search-request.ts';
import { traceFormats } from './trace-formats.ts';

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

const suiteNames = Object.keys(suites) as (keyof typeof suites)[];
const engineNames = Object.keys(engines) as EngineName[];

/** Declares what `check` takes. */
export function declareCheck(command: Command): Command {
  return command
    .description('search every order of steps of each scenario and judge every property')
    .option('--scenario <name|file...>', 'scenarios by name, slug or file (default: the suite)')
    .option('--suite <name>', `the scenarios where none is named: ${suiteNames.join(', ')}`, 'default')
    .option('--protocol <name|file,...>', 'a protocol by name, or patches to translate', 'v5')
    .option('--property <name...>', 'judge these properties only (default: all)')
    .option('--config <key=value...>', 'change the configuration of the scenarios, such as CONFIG_DEBUG_VM=n')
    .option('--max-states <n>', 'store at most n states per scenario')
    .option('--max-depth <n>', 'runs of at most n steps')
    .option('--max-switches <n>', 'runs with at most n switches between threads, the fewest first')
    .option('--fingerprints', 'keep 64 bits of each state only: less memory, and nothing is said to hold')
    .option('--sample <n>', 'take n random walks instead of a search')
    .option('--seed <n>', 'from which the walks follow (default: 0)')
    .option('--memory <size>', 'memory for the states, such as 512M or 2G (default: 70 % of the machine)')
    .option('--timeout <time>', 'time per scenario, such as 30s or 2m; a bare number counts seconds')
    .option('--checkpoint <dir>', 'leave in a folder what --resume goes on from, also after a crash')
    .option('--checkpoint-every <time>', 'how often at most (default: 1m)')
    .option('--resume <dir>', 'go on with what the same command left in a folder')
    .option('--no-reduce', 'exact counts: no reduction of the search')
    .option('--engine <name>', `what runs the machines: ${engineNames.join(', ')}`, 'auto')
    .option('--threads <n>', 'threads that search together (default: more than one on large searches)')
    .option('--no-shortest', 'show the runs that were found, and do not look for shortest ones')
    .option('--first', 'stop at the first violation')
    .option('--minimal', 'say of each violating run whether fewer hand-overs would do; searches again')
    .option('--expect <violated:name...>', 'a known violation: exit 0 while it is there, 1 once it is gone')
    .option('--json <file|->', 'write the result as JSON; - for standard output, instead of the text')
    .option('--sarif <file|->', 'write the result as SARIF 2.1.0, with the steps of each violation')
    .option('--junit <file|->', 'write the result as JUnit XML: a suite for each scenario')
    .option('--report <file.html>', 'write verdicts, traces and graphs as one page for a browser')
    .option(
      '--patch <file...>',
      'patches as mails or diffs: the report shows their lines beside the steps and judges their comments',
    )
    .option('--graphs <n>', 'in the report the state graphs of at most n scenarios, violated ones first', '1')
    .option('--traces <dir>', 'write each counterexample as .json (for cowpte replay) and .txt')
    .addOption(traceFormatOption('--trace-format <name...>', 'with --traces, in these formats as well'))
    .option('--coverage', 'also say which branches, orders of steps and locks held together the searches met')
    .addOption(layoutOption())
    .addOption(colorOption())
    .option('--quiet', 'print neither verdicts nor progress')
    .addHelpText('after', exitText);
}

const exitText = `
Exit codes: 0 all hold, 1 violated, 2 usage or input, 3 unknown, 4 internal error, 130 interrupted.
Keys of --config: those of a scenario's config, and CONFIG_DEBUG_VM, CONFIG_MMU_GATHER_RCU_TABLE_FREE (y or n),
CONFIG_NR_CPUS (64), CONFIG_SPLIT_PTLOCK_CPUS (4): the locks are split if the former is not below the latter.`;

export const layoutOption = (): Option =>
  new Option('--layout <name>', 'columns of a trace').choices(['lockdep', 'commit']).default('lockdep');

export const traceFormatOption = (flags: string, what: string): Option =>
  new Option(flags, what).choices(Object.keys(traceFormats));

const colorOption = (): Option =>
  new Option('--color <when>', 'colour the verdicts').choices(['auto', 'always', 'never']).default('auto');

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
export const readSuite = (name: string): keyof typeof suites =>
  oneOf(name, suiteNames, suiteNames, 'suite', '--suite');

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
