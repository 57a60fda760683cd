import { createHash } from 'node:crypto';
import type { Result } from 'sarif';
import type { Trace } from '../../explorer/trace/trace.ts';
import { happening } from '../happening.ts';
import { count } from '../verdicts.ts';
import { codeFlow } from './code-flow.ts';
import { runGraph } from './graph.ts';
import { lineOf, placeOf } from './places.ts';
import type { Judgement, Rule } from './run-facts.ts';

/** The result of one rule in one scenario. What is not a violation has the level that the standard asks for: none. */
export function resultOf(judgement: Judgement, rule: Rule, ruleIndex: number, protocol: string): Result {
  const { property: ruleId, scenario, verdict, trace } = judgement;
  const common = {
    ruleId,
    ruleIndex,
    partialFingerprints: { 'cowpteJudgement/v1': fingerprint([protocol, ruleId, judgement.identity]) },
    properties: { scenario, protocol, states: judgement.states, exercised: judgement.exercised },
  };
  if (verdict === 'violated' && trace !== null)
    return { ...common, ...violation(judgement, trace, protocol) };
  const [kind, what] = kindOf(judgement);
  return {
    ...common,
    kind,
    level: 'none',
    message: { text: `${ruleId} ${what} in "${scenario}", protocol ${protocol}.` },
    ...(rule.source.line !== null && {
      locations: [{ physicalLocation: lineOf('mm/memory.c', rule.source.line) }],
    }),
  };
}

/**
 * `pass` is said of nothing less than a whole search that took steps which could have broken the rule; where it took none, the
 * rule does not apply to the scenario; where the search ended early, the question is open.
 */
function kindOf({
  verdict,
  reason,
  exercised,
  exhaustive,
  states,
}: Judgement): readonly [Result.kind, string] {
  if (verdict !== 'holds' || !exhaustive)
    return ['open', `is unknown: the search ended early (${reason ?? 'no reason given'})`];
  if (!exercised) return ['notApplicable', 'holds, but was not exercised: no step could have broken it'];
  return ['pass', `holds in every order of the steps (${count(states, 'state')})`];
}

function violation(
  judgement: Judgement,
  trace: Trace,
  protocol: string,
): Partial<Result> & Pick<Result, 'message'> {
  const { scenario, property, threads, whole, contrast } = judgement;
  const { step: n, needed, found } = trace.violation ?? { step: trace.steps.length, needed: '', found: '' };
  const step = trace.steps[n - 1];
  const runs = [
    { trace, text: `A run that violates ${property}.` },
    ...(contrast
      ? [{ trace: contrast, text: `For contrast, a run that ends without violating ${property}.` }]
      : []),
  ];
  const { graph, traversals } = runGraph(runs);
  const when = step ? `after ${count(trace.steps.length, 'step')}` : 'in the initial state';
  return {
    kind: 'fail',
    level: 'error',
    message: {
      text: `${property} is violated in "${scenario}", protocol ${protocol}, ${when}. Needed: ${needed}; found: ${found}.`,
    },
    ...(step && { locations: [placeOf(step, happening(step))] }),
    codeFlows: runs.map((run) => codeFlow(run.trace, threads, whole || run.trace !== trace, run.text)),
    graphs: [graph],
    graphTraversals: traversals,
  };
}

const fingerprint = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');
