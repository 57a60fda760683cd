import { type Command, Option } from 'commander';
import { judgeClaim, searchesFor } from '../../checking/claims.ts';
import { exitCodes } from '../../checking/exit-code.ts';
import type { PropertyResult, ScenarioResult } from '../../checking/result.ts';
import { ascii } from '../../evidence/ascii.ts';
import { reviewJson } from '../../evidence/review/json.ts';
import { reviewMarkdown } from '../../evidence/review/markdown.ts';
import type { ReviewPage } from '../../evidence/review/page.ts';
import { reviewReply } from '../../evidence/review/reply.ts';
import { reviewSarif } from '../../evidence/review/sarif.ts';
import { slug } from '../../model/scenarios/slug.ts';
import { suites } from '../../model/scenarios/suites/index.ts';
import { protocols } from '../../model/variants/index.ts';
import { digestOf } from '../../review/claims/digest.ts';
import { type Claim, claims, irrelevant } from '../../review/claims/index.ts';
import { commentsOf } from '../../review/comments/comments-of.ts';
import type { Patch } from '../../review/diff/patch.ts';
import { readPatch } from '../../review/read-patch.ts';
import { demandFile, writeNamed } from '../file-option.ts';
import { findNamed } from '../find-named.ts';
import { interruptible } from '../interrupt.ts';
import { drawIn } from '../layout.ts';
import { ProgressLine } from '../progress.ts';
import { readDuration } from '../quantities.ts';
import { readBytes } from '../read-input.ts';
import { counterexample } from '../report-context.ts';
import { searchInThread } from '../search-thread.ts';
import { version } from '../version.ts';
import { type Comment, reviewedComments, traceName } from './page.ts';

const MOST_BYTES = 16_000_000;

const formats: Readonly<Record<string, (page: ReviewPage) => string>> = {
  text: reviewReply,
  markdown: reviewMarkdown,
  json: (page) => reviewJson(page, version),
  sarif: (page) => reviewSarif(page, version),
};

interface ReviewOptions {
  readonly protocol: string;
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
    .option('--protocol <name>', 'the protocol that is searched, see cowpte list protocols', 'v5')
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
  const patch = await readPatch(path, readBytes(path, MOST_BYTES));
  findNamed(options.protocol, protocols, 'protocol', '--protocol');
  if (options.output !== undefined) demandFile('--output', options.output);
  const comments = commentsOf(patch);
  const digests = new Set(comments.map(({ text }) => digestOf(text)));
  const searched = new Searched(options);
  const there = claims.filter((claim) => digests.has(claim.comment));
  await searched.run(there);
  const page = pageOf(patch, there, options.protocol, searched);
  const text = formats[options.format]!(page);
  if (options.output === undefined) process.stdout.write(text);
  else writeNamed('--output', options.output, text);
  return searched.exitCode(page);
}

/** All searches that the claims need, in the thread of the search. */
class Searched {
  private readonly options: ReviewOptions;
  private readonly found = new Map<string, { result: PropertyResult; whole: readonly string[] }>();

  constructor(options: ReviewOptions) {
    this.options = options;
  }

  async run(wanted: readonly Claim[]): Promise<void> {
    const progress = new ProgressLine(this.options.quiet ?? false);
    const { stop, dispose } = interruptible();
    try {
      for (const [asked, of] of searchesFor(wanted)) {
        const protocol = asked ?? this.options.protocol;
        const scenarios = suites.default.filter((s) => of.has(s.name));
        const names = new Set([...of.values()].flatMap((all) => [...all]));
        await searchInThread(
          {
            scenarios,
            protocol,
            properties: [...names],
            bounds:
              this.options.timeout === undefined
                ? {}
                : { timeout: readDuration(this.options.timeout, '--timeout') },
            engine: 'js',
            stop,
          },
          {
            started: (n) =>
              progress.begin(`[${n + 1}/${scenarios.length}] ${protocol}: ${scenarios[n]!.name}`),
            progress: (now) => progress.tell(now),
            finished: (result) => this.keep(protocol, result),
          },
        );
      }
    } finally {
      progress.clear();
      dispose();
    }
  }

  get(
    protocol: string,
    scenario: string,
    property: string,
  ): { result: PropertyResult; whole: readonly string[] } {
    return this.found.get(`${protocol}/${scenario}/${property}`)!;
  }

  exitCode({ comments }: ReviewPage): number {
    const all = [...this.found.values()].map(({ result }) => result);
    if (all.some((r) => r.reason === 'interrupted')) return exitCodes.interrupted;
    if (comments.some((c) => c.claims.some((claim) => claim.verdict === 'violated')))
      return exitCodes.violated;
    return all.some((r) => r.verdict === 'unknown') ? exitCodes.unknown : exitCodes.holds;
  }

  private keep(protocol: string, { results, whole }: ScenarioResult): void {
    for (const result of results)
      this.found.set(`${protocol}/${result.scenario}/${result.property}`, { result, whole });
  }
}

function pageOf(patch: Patch, there: readonly Claim[], protocol: string, searched: Searched): ReviewPage {
  const comments = commentsOf(patch).map(
    ({ file, text, lines }): Comment => ({
      at: `${file}:${lines[0]!.fileLine}`,
      mailLine: patch.kind === 'source' ? null : lines[0]!.mailLine,
      text,
      lines: lines.map((line) => `${line.added ? '+' : ' '}${line.text}`),
    }),
  );
  const judged = there.map((claim) =>
    judgeClaim(
      claim,
      (asked, scenario, property) => searched.get(asked ?? protocol, scenario, property).result,
    ),
  );
  const shown = judged.flatMap((j) => (j.shown ? [j.shown] : []));
  return {
    title: `Review of ${ascii(patch.subject === null ? patch.name : `"${patch.subject}"`)}`,
    basis: [
      `Every comment of the patch that promises something is restated and judged by cowpte ${version} in the scenarios of its default suite, on its protocol ${protocol}, each searched over every order of steps. Lines count in the files as the patch leaves them.`,
      ...patch.notes.map((note) => `Note: ${note}.`),
    ].join(' '),
    comments: reviewedComments(comments, judged, irrelevant),
    gone: goneClaims(there),
    traces: new Map(
      shown.map((r) => {
        const { whole } = searched.get(protocol, r.scenario, r.property);
        return [traceName(r), drawing(protocol, r, whole)];
      }),
    ),
  };
}

/** Claims of version 5 that this patch does not make. Of a patch that makes none of them that is not worth a word. */
const goneClaims = (there: readonly Claim[]): ReviewPage['gone'] =>
  there.length === 0 ? [] : claims.filter((c) => !there.includes(c)).map(({ at, says }) => ({ at, says }));

function drawing(protocol: string, result: PropertyResult, whole: readonly string[]): string {
  const scenario = suites.default.find((s) => s.name === result.scenario)!;
  const context = {
    protocol,
    layout: 'lockdep',
    config: [],
    scenarios: [scenario],
    arguments: [slug(scenario.name)],
    slugs: [slug(scenario.name)],
  } as const;
  return drawIn(context.layout, counterexample(context, result, whole, null));
}
