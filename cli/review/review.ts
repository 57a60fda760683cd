import { type Command, Option } from 'commander';
import { readAssets } from '../../evidence/report/assets.ts';
import { reviewHtml } from '../../evidence/review/html.ts';
import { reviewJson } from '../../evidence/review/json.ts';
import { reviewMarkdown } from '../../evidence/review/markdown.ts';
import type { ReviewPage } from '../../evidence/review/page.ts';
import { reviewReply } from '../../evidence/review/reply.ts';
import { reviewSarif } from '../../evidence/review/sarif.ts';
import { demandFile, writeNamed } from '../file-option.ts';
import { readDuration } from '../quantities.ts';
import { version } from '../version.ts';
import { reviewOfSearches } from './of-searches.ts';
import { Searched } from './searched.ts';
import { subjectOf } from './subject.ts';

const formats: Readonly<Record<string, (page: ReviewPage) => string>> = {
  text: reviewReply,
  markdown: reviewMarkdown,
  html: (page) => reviewHtml(page, version, readAssets().style),
  json: (page) => reviewJson(page, version),
  sarif: (page) => reviewSarif(page, version),
};

interface ReviewOptions {
  readonly protocol?: string;
  readonly config?: readonly string[];
  readonly format: string;
  readonly output?: string;
  readonly timeout?: string;
  readonly quiet?: boolean;
}

/** Adds `cowpte review` to the program. */
export function addReview(program: Command): void {
  program
    .command('review')
    .description('read a patch and judge what its comments promise, one by one')
    .argument('<patch>', 'the mail, the output of git format-patch, or the C file')
    .option('--protocol <name|file,...>', 'what is searched (default: what the C of the patch says)')
    .option('--config <key=value...>', 'another configuration, as for check')
    .addOption(
      new Option('--format <name>', 'text: a reply to the list')
        .choices(Object.keys(formats))
        .default('text'),
    )
    .option('-o, --output <file>', 'write to this file (default: standard output)')
    .option('--timeout <time>', 'time per scenario, such as 30s or 2m')
    .option('--quiet', 'print no progress')
    .action(async (path: string, options: ReviewOptions) => {
      process.exitCode = await review(path, options);
    });
}

async function review(path: string, options: ReviewOptions): Promise<number> {
  const subject = await subjectOf(path, options.protocol, options.config ?? []);
  const timeout = options.timeout === undefined ? null : readDuration(options.timeout, '--timeout');
  const output = options.output === '-' ? undefined : options.output;
  if (output !== undefined) demandFile('--output', output);
  const searched = new Searched(subject, timeout, options.quiet ?? false);
  await searched.run();
  const page = reviewOfSearches(subject, options.config ?? [], searched);
  const text = formats[options.format]!(page);
  if (output === undefined) process.stdout.write(text);
  else writeNamed('--output', output, text);
  return searched.exitCode(page);
}
