import type { Command } from 'commander';
import type { CompareOptions } from '../compare.ts';
import { colorOption } from './shared-options.ts';

/** Adds `cowpte compare` to the program. */
export function addCompare(program: Command): void {
  program
    .command('compare')
    .description('check two protocols side by side: verdicts, where they part, what only one of them does')
    .argument('<protocol-a>', 'the protocol before, see cowpte list protocols')
    .argument('<protocol-b>', 'the protocol after')
    .option('--scenario <name|file...>', 'scenarios by name, slug or file (default: the suite)')
    .option('--suite <name>', 'the scenarios where none is named', 'default')
    .option('--property <name...>', 'judge these properties only (default: all)')
    .option('--config <key=value...>', 'change the configuration of the scenarios, as for check')
    .option('--max-states <n>', 'store at most n states per search')
    .option('--memory <size>', 'memory for the states, such as 512M or 2G (default: 70 % of the machine)')
    .option('--timeout <time>', 'time per search, such as 30s or 2m; a bare number counts seconds')
    .option('--json <file|->', 'write the comparison as JSON; - for standard output, instead of the text')
    .addOption(colorOption())
    .option('--quiet', 'print neither the comparison nor progress')
    .addHelpText('after', exitText)
    .action(async (first: string, second: string, options: CompareOptions) => {
      const { compare } = await import('../compare.ts');
      process.exitCode = compare(first, second, options);
    });
}

const exitText = `
Exit codes: 1 if the second protocol violates a property in a scenario in which the first keeps it, else 3 if a verdict of
either is unknown, else 0; 2 usage or input, 4 internal error. What both violate, and what is fixed, counts as no error.`;
