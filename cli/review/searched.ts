import { searchesFor } from '../../checking/claims.ts';
import { exitCodes } from '../../checking/exit-code.ts';
import type { PropertyResult, ScenarioResult } from '../../checking/result.ts';
import type { ReviewPage } from '../../evidence/review/page.ts';
import { interruptible } from '../interrupt.ts';
import { ProgressLine } from '../progress.ts';
import { searchInThread } from '../search-thread.ts';
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
        await searchInThread(
          {
            scenarios,
            protocol,
            text: asked === null ? text : null,
            properties: [...names],
            bounds: this.timeout === null ? {} : { timeout: this.timeout },
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
