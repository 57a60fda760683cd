import { assemble } from '../checking/assemble.ts';
import { check } from '../checking/check.ts';
import { judgeClaim } from '../checking/claims.ts';
import { fixedEdits } from '../checking/findings/edits.ts';
import type { Finding, Violation } from '../checking/findings/finding.ts';
import { findings, findingsOfVersion4 } from '../checking/findings/index.ts';
import { refuted } from '../checking/findings/refuted.ts';
import type { PropertyResult, ScenarioResult } from '../checking/result.ts';
import { type FindingText, findingsPage, type RefutedText } from '../evidence/findings-page.ts';
import { type EditText, fixedProtocolPage } from '../evidence/fixed-protocol-page.ts';
import { reviewMarkdown } from '../evidence/review/markdown.ts';
import { traceName } from '../evidence/review/page.ts';
import { explore } from '../explorer/search/explore.ts';
import { replay } from '../explorer/trace/replay.ts';
import { suites } from '../model/scenarios/suites/index.ts';
import { protocols } from '../model/variants/index.ts';
import { asPosted, type Protocol } from '../model/variants/protocol.ts';
import { properties } from '../properties/index.ts';
import { claims } from '../review/claims/index.ts';
import { drawn } from './report-context.ts';
import { commentsFromMemory } from './review/comments.ts';

/** The pages of docs that are made from searches, by file name. */
export function documents(): Readonly<Record<string, string>> {
  const searches = new Searches();
  const scenarios = suites.default.length;
  return {
    'findings.md': findingsPage({
      findings: findings.map((f) => findingText(f, searches)),
      ofVersion4: findingsOfVersion4.map((f) => findingText(f, searches)),
      refuted: refuted.map((r): RefutedText => {
        const sizes = r.scenarios.map((scenario) => {
          const { states } = searches.judge('v5', { scenario, property: r.properties[0]! }).result;
          return { scenario, states };
        });
        return { suspicion: r.suspicion, properties: r.properties, searches: sizes };
      }),
      scenarios,
    }),
    'fixed-protocol.md': fixedProtocolPage({
      edits: fixedEdits.map((e) => ({ ...e, leftOut: leftOutText(e.name, e.leftOut, searches) })),
      scenarios,
    }),
    'review-v5-04.md': reviewText(searches),
  };
}

/** The review of version 5 without the words of the patch: docs quote nobody. */
function reviewText(searches: Searches): string {
  const judged = claims.map((claim) =>
    judgeClaim(
      claim,
      (protocol, scenario, property) => searches.judge(protocol ?? 'v5', { scenario, property }).result,
    ),
  );
  const shown = judged.flatMap((j) => (j.shown ? [j.shown] : []));
  return reviewMarkdown({
    title: 'The comments of version 5, judged',
    basis:
      'Made by `npm run docs` from searches of the program; a test makes it again and compares. Each comment of the patch "mm: Add break COW PTE fault and helper functions", version 5, that promises something about locks, lifetime, order, flushes, counts, allocation or notifiers is restated in our words and judged in the scenarios of the default suite. Lines count in the files as the patch leaves them. With the mail at hand `cowpte review MAIL` prints the comments themselves beside the verdicts.',
    comments: commentsFromMemory(judged),
    gone: [],
    statements: null,
    traces: new Map(
      shown.map((r) => {
        const { whole } = searches.judge('v5', r);
        return [traceName(r), drawn('v5', suites.default, r, whole)];
      }),
    ),
  });
}

/** Each pair of protocol and scenario is searched once. */
class Searches {
  private readonly done = new Map<string, ScenarioResult>();

  judge(
    of: string | Protocol,
    { scenario, property }: Violation,
  ): { readonly result: PropertyResult; readonly whole: readonly string[] } {
    const protocol = typeof of === 'string' ? named(protocols, of) : of;
    const key = `${protocol.name}/${scenario}`;
    const searched = this.done.get(key) ?? search(protocol, scenario);
    this.done.set(key, searched);
    const result = searched.results.find((r) => r.property === property);
    if (!result?.exhaustive) throw new Error(`${property} was not judged to the end in '${scenario}'`);
    return { result, whole: searched.whole };
  }
}

function search(protocol: Protocol, scenario: string): ScenarioResult {
  const scenarios = [named(suites.default, scenario)];
  const [result] = check({ scenarios, protocol, properties, options: {} }, { assemble, explore, replay });
  return result!;
}

function named<T extends { readonly name: string }>(all: readonly T[], name: string): T {
  const found = all.find((one) => one.name === name);
  if (!found) throw new Error(`nothing is called '${name}'`);
  return found;
}

function findingText(finding: Finding, searches: Searches): FindingText {
  const { shown, protocol } = finding;
  const { result, whole } = searches.judge(protocol, shown);
  const scenario = named(suites.default, shown.scenario);
  const usual = named(suites.default, 'one write-fault in each of A and B').config;
  const config = Object.entries(scenario.config).filter(([key, value]) => value !== usual[key as 'entries']);
  return {
    ...finding,
    ...shown,
    threads: result.threads,
    config: config.map(([key, value]) => `${key} ${String(value)}`),
    trace: drawn(protocol, suites.default, result, whole),
    fixedStates: protocol === 'v4' ? null : searches.judge('fixed', shown).result.states,
  };
}

/** What fails in the corrected protocol without one of its edits. */
function leftOutText(
  name: (typeof fixedEdits)[number]['name'],
  violation: Violation,
  searches: Searches,
): EditText['leftOut'] {
  const fixed = named(protocols, 'fixed');
  const edits = { ...fixed.edits, [name]: asPosted[name] };
  const { trace, states } = searches.judge(
    { ...fixed, name: `fixed without ${name}`, edits },
    violation,
  ).result;
  const broken = trace?.violation;
  if (!trace || !broken) throw new Error(`${violation.property} holds without ${name}`);
  const step = trace.steps[broken.step - 1];
  const at = step === undefined ? 'at the start' : `in ${step.function}() at ${step.file}:${step.line}`;
  return { ...violation, needed: broken.needed, found: broken.found, steps: trace.steps.length, states, at };
}
