import type { Claim, Rule, Searches } from '../review/claims/claim.ts';
import type { PropertyResult } from './result.ts';

/** What became of a claim. Only `holds` and `holds only if` are promises, and only for the scenarios that were searched. */
type ClaimVerdict = 'holds' | 'violated' | 'holds only if' | 'not decided';

/** A rule that the claim turned out to depend on, with what is violated where it does not apply. */
export interface NeededRule {
  readonly onlyIf: string;
  readonly violated: readonly PropertyResult[];
}

/** A claim with the searches that decided it. */
export interface JudgedClaim {
  readonly claim: Claim;
  readonly verdict: ClaimVerdict;
  /** Every property in every scenario that the claim names, in its order, as far as it was searched. */
  readonly results: readonly PropertyResult[];
  /** Of these, how many nobody has searched. */
  readonly missing: number;
  readonly rules: readonly NeededRule[];
  /** The violated result that shows it best: of the first property violated, the one with the shortest run. */
  readonly shown: PropertyResult | null;
  /** Why it was not decided; null if it was. */
  readonly why: string | null;
  /** The answer to the author's question; null if none was asked or none can be given. */
  readonly answer: string | null;
  /** What the author asks for, tried: the protocol and its results. */
  readonly proposal: {
    readonly protocol: string;
    readonly results: readonly PropertyResult[];
    readonly missing: number;
  } | null;
}

/** One property in one scenario of a protocol, null if it was not searched; a null protocol is the one under review. */
export type Judge = (protocol: string | null, scenario: string, property: string) => PropertyResult | null;

/** Searches that were asked for, and which of them nobody has made, as `property in "scenario"`. */
interface Looked {
  readonly results: readonly PropertyResult[];
  readonly missing: readonly string[];
}

/** Decides a claim by searches that have been made. One that is missing never counts as if it had held. */
export function judgeClaim(claim: Claim, judge: Judge): JudgedClaim {
  const looked = lookedAt(claim.searches, null, judge);
  const { results, missing } = looked;
  const tried = (claim.rules ?? []).map((rule) => ({ rule, looked: lookedAt([rule.without], null, judge) }));
  const rules = tried.flatMap(({ rule, looked: without }) => neededRule(rule, without.results));
  const why = undecided(looked, claim) ?? tried.map(openRule).find((open) => open !== null) ?? null;
  const verdict = verdictOf(results, rules, why);
  const asked = typeof claim.answer === 'object' ? claim.answer.proposal : undefined;
  const proposed = asked && lookedAt([asked.searches], asked.protocol, judge);
  return {
    claim,
    verdict,
    results,
    missing: missing.length,
    rules,
    shown: verdict === 'violated' ? shownOf(results) : null,
    why: verdict === 'not decided' ? why : null,
    answer: answerOf(claim, verdict),
    proposal: proposed
      ? { protocol: asked.protocol, results: proposed.results, missing: proposed.missing.length }
      : null,
  };
}

function lookedAt(searches: readonly Searches[], protocol: string | null, judge: Judge): Looked {
  const results: PropertyResult[] = [];
  const missing: string[] = [];
  for (const { properties, scenarios } of searches) {
    for (const property of properties) {
      for (const scenario of scenarios) {
        const result = judge(protocol, scenario, property);
        if (result) results.push(result);
        else missing.push(`${property} in "${scenario}"`);
      }
    }
  }
  return { results, missing };
}

/** The searches that decide the claims: for each protocol (null: the one under review) its scenarios with their properties. */
export function searchesFor(
  claims: readonly Claim[],
): ReadonlyMap<string | null, ReadonlyMap<string, ReadonlySet<string>>> {
  const wanted = new Map<string | null, Map<string, Set<string>>>();
  const want = (protocol: string | null, { properties, scenarios }: Searches): void => {
    const ofProtocol = wanted.get(protocol) ?? new Map<string, Set<string>>();
    wanted.set(protocol, ofProtocol);
    for (const scenario of scenarios) {
      const all = ofProtocol.get(scenario) ?? new Set<string>();
      ofProtocol.set(scenario, all);
      for (const property of properties) all.add(property);
    }
  };
  for (const claim of claims) {
    for (const searches of claim.searches) want(null, searches);
    for (const rule of claim.rules ?? []) want(null, rule.without);
    const proposal = typeof claim.answer === 'object' ? claim.answer.proposal : undefined;
    if (proposal) want(proposal.protocol, proposal.searches);
  }
  return wanted;
}

function neededRule({ onlyIf }: Rule, results: readonly PropertyResult[]): NeededRule[] {
  const violated = results.filter((r) => r.verdict === 'violated');
  return violated.length > 0 ? [{ onlyIf, violated }] : [];
}

/** Why it is not known whether the claim depends on the rule; null if it is. */
function openRule({ rule, looked }: { rule: Rule; looked: Looked }): string | null {
  if (looked.results.some((r) => r.verdict === 'violated')) return null;
  const open = openEnd(looked);
  return open === null ? null : `perhaps it holds only if ${rule.onlyIf}: ${open}`;
}

/** What is missing or was cut; null if every search was made to its end. */
function openEnd({ results, missing: [first, ...others] }: Looked): string | null {
  if (first !== undefined) {
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    return `not searched in this run (${first}${more})`;
  }
  const cut = results.find((r) => r.verdict === 'unknown');
  return cut ? `the search of "${cut.scenario}" was ended (${cut.reason ?? 'unknown'})` : null;
}

/** Why the searches, none of them violated, do not decide; null if they do. A property that nothing put to the test decides nothing. */
function undecided(looked: Looked, claim: Claim): string | null {
  const { results, missing } = looked;
  if (results.length + missing.length === 0) return claim.open ?? 'no search decides it';
  const open = openEnd(looked);
  if (open !== null) return open;
  const idle = results.find((r) => !results.some((o) => o.property === r.property && o.exercised));
  return idle ? `nothing put ${idle.property} to the test` : null;
}

function verdictOf(
  results: readonly PropertyResult[],
  rules: readonly NeededRule[],
  why: string | null,
): ClaimVerdict {
  if (results.some((r) => r.verdict === 'violated')) return 'violated';
  if (why !== null) return 'not decided';
  return rules.length > 0 ? 'holds only if' : 'holds';
}

function shownOf(results: readonly PropertyResult[]): PropertyResult {
  const violated = results.filter((r) => r.verdict === 'violated');
  const first = violated.filter((r) => r.property === violated[0]!.property);
  const steps = (r: PropertyResult): number => r.trace?.steps.length ?? Number.POSITIVE_INFINITY;
  return first.reduce((best, r) => (steps(r) < steps(best) ? r : best));
}

function answerOf({ answer }: Claim, verdict: ClaimVerdict): string | null {
  if (answer === undefined || typeof answer === 'string') return answer ?? null;
  if (verdict === 'violated') return answer.violated;
  return verdict === 'holds' ? answer.holds : null;
}
