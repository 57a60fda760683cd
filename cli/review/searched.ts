import { notJudged } from '../../checking/check.ts';
import { searchesFor } from '../../checking/claims.ts';
import { exitCodes } from '../../checking/exit-code.ts';
import type { PropertyResult, ScenarioResult } from '../../checking/result.ts';
import type { ReviewPage } from '../../evidence/review/page.ts';
import { properties } from '../../properties/index.ts';
import { interruptible } from '../interrupt.ts';
import { ProgressLine } from '../progress.ts';
import type { SearchRequest } from '../search-request.ts';
import { OutOfMemory, searchInThread } from '../search-thread.ts';
import type { Subject } from './subject.ts';

/** All searches that the claims need, in the thread of the search. */
export class Searched {
  private readonly subject: Subject;
  private readonly timeout: number | null;
  private readonly quiet: boolean;
  private readonly found = new Map<string, { result: PropertyResult; whole: readonly string[] }>();

  /** `timeout`: for each scenario, in milliseconds; null for none. */
  constructor(subject: Subject, timeout: number | null, quiet: boolean) {
    this.subject = subject;
    this.timeout = timeout;
    this.quiet = quiet;
  }

  async run(): Promise<void> {
    const { there, protocol: reviewed, text, scenarios: all } = this.subject;
    const progress = new ProgressLine(this.quiet);
    const { stop, dispose } = interruptible();
    try {
      for (const [asked, of] of searchesFor(there)) {
        const protocol = asked ?? reviewed;
        const scenarios = all.filter((s) => of.has(s.name));
        const names = new Set([...of.values()].flatMap((some) => [...some]));
        await this.search(
          {
            scenarios,
            protocol,
            text: asked === null ? text : null,
            properties: [...names],
            bounds: this.timeout === null ? {} : { timeout: this.timeout },
            engine: 'js',
            stop,
          },
          progress,
        );
      }
    } finally {
      progress.clear();
      dispose();
    }
  }

  /** Of what there was no memory for nothing is known. */
  private async search(request: SearchRequest, progress: ProgressLine): Promise<void> {
    const { scenarios, protocol } = request;
    let done = 0;
    try {
      await searchInThread(request, {
        started: (n) => progress.begin(`[${n + 1}/${scenarios.length}] ${protocol}: ${scenarios[n]!.name}`),
        progress: (now) => progress.tell(now),
        finished: (result) => {
          done++;
          this.keep(protocol, result);
        },
      });
    } catch (error) {
      if (!(error instanceof OutOfMemory)) throw error;
      const judged = properties.filter(({ name }) => request.properties.includes(name));
      for (const scenario of scenarios.slice(done)) {
        this.keep(protocol, notJudged(scenario, { properties: judged, options: request.bounds }, 'memory'));
      }
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
    const verdicts = comments.flatMap((c) => c.claims.map((claim) => claim.verdict));
    if (verdicts.includes('violated')) return exitCodes.violated;
    const open = verdicts.includes('not decided') || all.some((r) => r.verdict === 'unknown');
    return open ? exitCodes.unknown : exitCodes.holds;
  }

  private keep(protocol: string, { results, whole }: ScenarioResult): void {
    for (const result of results)
      this.found.set(`${protocol}/${result.scenario}/${result.property}`, { result, whole });
  }
}
