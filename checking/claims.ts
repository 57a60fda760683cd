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
  /** Every property in every scenario that the claim names, in its order. */
  readonly results: readonly PropertyResult[];
  readonly rules: readonly NeededRule[];
  /** The violated result that shows it best: of the first property violated, the one with the shortest run. */
  readonly shown: PropertyResult | null;
  /** Why it was not decided; null if it was. */
  readonly why: string | null;
  /** The answer to the author's question; null if none was asked or none can be given. */
  readonly answer: string | null;
  /** What the author asks for, tried: the protocol and its results. */
  readonly proposal: { readonly protocol: string; readonly results: readonly PropertyResult[] } | null;
}

/** One property in one scenario of a protocol; a null protocol is the one under review. */
export type Judge = (protocol: string | null, scenario: string, property: string) => PropertyResult;

/** Decides a claim by searches that have been made. */
export function judgeClaim(claim: Claim, judge: Judge): JudgedClaim {
  const under = (protocol: string | null, { properties, scenarios }: Searches): PropertyResult[] =>
    properties.flatMap((property) => scenarios.map((scenario) => judge(protocol, scenario, property)));
  const results = claim.searches.flatMap((s) => under(null, s));
  const tried = (claim.rules ?? []).map((rule) => ({ rule, results: under(null, rule.without) }));
  const rules = tried.flatMap(({ rule, results }) => neededRule(rule, results));
  const why = undecided(results, claim) ?? tried.map(openRule).find((open) => open !== null) ?? null;
  const verdict = verdictOf(results, rules, why);
  const answer = typeof claim.answer === 'object' ? claim.answer : null;
  const asked = answer?.proposal;
  return {
    claim,
    verdict,
    results,
    rules,
    shown: verdict === 'violated' ? shownOf(results) : null,
    why: verdict === 'not decided' ? why : null,
    answer: answerOf(claim, verdict),
    proposal: asked ? { protocol: asked.protocol, results: under(asked.protocol, asked.searches) } : null,
  };
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
function openRule({ rule, results }: { rule: Rule; results: readonly PropertyResult[] }): string | null {
  if (results.some((r) => r.verdict === 'violated')) return null;
  const cut = results.find((r) => r.verdict === 'unknown');
  return cut ? `perhaps it holds only if ${rule.onlyIf}: ${endOf(cut)}` : null;
}

const endOf = ({ scenario, reason }: PropertyResult): string =>
  `the search of "${scenario}" was ended (${reason ?? 'unknown'})`;

/** Why the searches, none of them violated, do not decide; null if they do. A property that nothing put to the test decides nothing. */
function undecided(results: readonly PropertyResult[], claim: Claim): string | null {
  if (results.length === 0) return claim.open ?? 'no search decides it';
  const cut = results.find((r) => r.verdict === 'unknown');
  if (cut) return endOf(cut);
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
