import type { Command } from 'commander';
import { suiteNames } from '../../model/scenarios/suites/names.ts';
import type { CheckOptions } from '../check-options.ts';
import { engineNames } from '../choices.ts';
import { colorOption, layoutOption, traceFormatOption } from './shared-options.ts';

/** Adds `cowpte check` to the program. */
export function addCheck(program: Command): void {
  program
    .command('check')
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
    .addHelpText('after', exitText)
    .action(async (options: CheckOptions) => {
      const { check } = await import('../check.ts');
      process.exitCode = await check(options);
    });
}

const exitText = `
Exit codes: 0 all hold, 1 violated, 2 usage or input, 3 unknown, 4 internal error, 130 interrupted.
Keys of --config: those of a scenario's config, and CONFIG_DEBUG_VM, CONFIG_MMU_GATHER_RCU_TABLE_FREE (y or n),
CONFIG_NR_CPUS (64), CONFIG_SPLIT_PTLOCK_CPUS (4): the locks are split if the former is not below the latter.`;
