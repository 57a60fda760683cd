import { readAssets } from '../../evidence/report/assets.ts';
import { reviewHtml } from '../../evidence/review/html.ts';
import { reviewJson } from '../../evidence/review/json.ts';
import { reviewMarkdown } from '../../evidence/review/markdown.ts';
import type { ReviewPage } from '../../evidence/review/page.ts';
import { reviewReply } from '../../evidence/review/reply.ts';
import { reviewSarif } from '../../evidence/review/sarif.ts';
import type { ReviewFormatName } from '../choices.ts';
import { demandFile, writeNamed } from '../file-option.ts';
import { readDuration } from '../quantities.ts';
import { version } from '../version.ts';
import { reviewOfSearches } from './of-searches.ts';
import { Searched } from './searched.ts';
import { subjectOf } from './subject.ts';

const formats: Readonly<Record<ReviewFormatName, (page: ReviewPage) => string>> = {
  text: reviewReply,
  markdown: reviewMarkdown,
  html: (page) => reviewHtml(page, version, readAssets().style),
  json: (page) => reviewJson(page, version),
  sarif: (page) => reviewSarif(page, version),
};

/** The options of `review` as commander leaves them. */
export interface ReviewOptions {
  readonly protocol?: string;
  readonly config?: readonly string[];
  readonly format: ReviewFormatName;
  readonly output?: string;
  readonly timeout?: string;
  readonly quiet?: boolean;
}

/** What `cowpte review` does; gives the exit code. */
export async function review(path: string, options: ReviewOptions): Promise<number> {
  const subject = await subjectOf(path, options.protocol, options.config ?? []);
  const timeout = options.timeout === undefined ? null : readDuration(options.timeout, '--timeout');
  const output = options.output === '-' ? undefined : options.output;
  if (output !== undefined) demandFile('--output', output);
  const searched = new Searched(subject, timeout, options.quiet ?? false);
  await searched.run();
  const page = reviewOfSearches(subject, options.config ?? [], searched);
  const text = formats[options.format](page);
  if (output === undefined) process.stdout.write(text);
  else writeNamed('--output', output, text);
  return searched.exitCode(page);
}
