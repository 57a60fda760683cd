import type { Command } from 'commander';
import type { ReplayOptions } from '../replay.ts';
import { layoutOption, traceFormatOption } from './shared-options.ts';

/** Adds `cowpte replay` to the program. */
export function addReplay(program: Command): void {
  program
    .command('replay')
    .description('run a trace file again through XState, compare, and print the trace')
    .argument('<trace.json>', 'a file that check --traces wrote')
    .addOption(layoutOption())
    .addOption(
      traceFormatOption('--format <name>', 'print the replayed trace in this format and nothing else'),
    )
    .option('-o, --output <file>', 'write to this file (default: standard output)')
    .option('--step', 'show it step by step, a key press each; all steps where input is no terminal')
    .option('--minimal', 'search for violating runs with fewer hand-overs, and say what is found')
    .option('--all', 'show every step, also those that have no part in the violation')
    .action(async (path: string, options: ReplayOptions) => {
      const { replay } = await import('../replay.ts');
      await replay(path, options);
    });
}
