import { type Command, Option } from 'commander';
import { reviewFormatNames } from '../choices.ts';
import type { ReviewOptions } from '../review/review.ts';

/** Adds `cowpte review` to the program. */
export function addReview(program: Command): void {
  program
    .command('review')
    .description('read a patch and judge what its comments promise, one by one')
    .argument('<patch>', 'the mail, the output of git format-patch, or the C file')
    .option('--protocol <name|file,...>', 'what is searched (default: what the C of the patch says)')
    .option('--config <key=value...>', 'another configuration, as for check')
    .addOption(
      new Option('--format <name>', 'text: a reply to the list').choices(reviewFormatNames).default('text'),
    )
    .option('-o, --output <file>', 'write to this file (default: standard output)')
    .option('--timeout <time>', 'time per scenario, such as 30s or 2m')
    .option('--quiet', 'print no progress')
    .action(async (path: string, options: ReviewOptions) => {
      const { review } = await import('../review/review.ts');
      process.exitCode = await review(path, options);
    });
}
