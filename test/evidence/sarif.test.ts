import type { Log, Result } from 'sarif';
import { describe, expect, test } from 'vitest';
import { check } from '../../checking/check.ts';
import { resolvedThreads } from '../../checking/result.ts';
import { engines } from '../../cli/parts.ts';
import { sarifOf } from '../../cli/sarif-of.ts';
import type { Trace } from '../../explorer/trace/trace.ts';
import { suites } from '../../model/scenarios/suites/index.ts';
import { protocols } from '../../model/variants/index.ts';
import { properties } from '../../properties/index.ts';
import { sarifValidator } from './sarif-schema.ts';

const scenario = suites.default.find((s) => s.name === 'two breaks in A beside an idle B')!;
const [done] = check({ scenarios: [scenario], protocol: protocols[0]!, properties, options: {} }, engines.js);
const verdicts = (name = scenario.name) =>
  done!.results.map((result) => ({
    scenario: { ...scenario, name },
    verdict: { ...result, threads: resolvedThreads(scenario), whole: done!.whole.includes(result.property) },
  }));
const text = sarifOf('v5', verdicts());
const log = JSON.parse(text) as Log;
const [run] = log.runs;
const results = run!.results!;
const traceOf = (result: Result): Trace => done!.results.find((r) => r.property === result.ruleId)!.trace!;
const violated = results.filter((r) => r.kind === 'fail');

test('the form of SARIF 2.1.0', () => {
  const validate = sarifValidator();
  expect(validate(log), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  // The schema itself is alive.
  for (const wrong of [
    { ...log, version: '2.0.0' },
    { ...log, runs: [{ ...run, results: [{ ...results[0], kind: 'passed' }] }] },
    { ...log, runs: [{ ...run, results: [{ ...results[0], mesage: {} }] }] },
    { ...log, runs: [{ ...run, results: [{ ...violated[0], kind: 'open' }] }] },
    { ...log, runs: [{ results: [] }] },
  ]) {
    expect(validate(wrong)).toBe(false);
  }
});

test('a result for each verdict, with the kind that the standard has for it', () => {
  const kinds = done!.results.map(({ verdict, exercised }) =>
    verdict === 'violated' ? 'fail' : exercised ? 'pass' : 'notApplicable',
  );
  expect(results.map((r) => r.kind)).toEqual(kinds);
  expect(new Set(kinds)).toEqual(new Set(['fail', 'pass', 'notApplicable']));
  const rules = run!.tool.driver.rules!;
  for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex!]!.id).toBe(ruleId);
});

test('what a bound ended is open', () => {
  const options = { maxStates: 10 };
  const [cut] = check({ scenarios: [scenario], protocol: protocols[0]!, properties, options }, engines.js);
  const unknown = cut!.results
    .filter((r) => r.verdict === 'unknown')
    .map((verdict) => ({ scenario, verdict: { ...verdict, whole: false } }));
  const open = (JSON.parse(sarifOf('v5', unknown)) as Log).runs[0]!.results!;
  expect(open.length).toBeGreaterThan(10);
  expect(new Set(open.map((r) => `${r.kind} ${r.level}`))).toEqual(new Set(['open none']));
  expect(open[0]!.message.text).toContain('max-states');
});

describe.each(violated.map((r) => [r.ruleId!, r] as const))('%s', (_, result) => {
  const trace = traceOf(result);
  const [violating, passing] = result.codeFlows!;
  const inOrder = (flow = violating!) =>
    flow.threadFlows
      .flatMap((thread) => thread.locations.map((at) => ({ thread: thread.id, at })))
      .sort((a, b) => a.at.executionOrder! - b.at.executionOrder!);

  test('a thread flow for each CPU; in the order of execution they are the run', () => {
    expect(inOrder().map(({ thread, at }) => [thread, at.executionOrder])).toEqual(
      trace.steps.map((s) => [s.thread, s.n]),
    );
    expect(inOrder().map(({ at }) => at.location!.physicalLocation!.region!.startLine)).toEqual(
      trace.steps.map((s) => s.line),
    );
    expect(inOrder().map(({ at }) => at.kinds!.includes('acquire'))).toEqual(
      trace.steps.map((s) => s.acquires.length > 0),
    );
    const dangers = inOrder().filter(({ at }) => at.kinds!.includes('danger'));
    expect(dangers.map(({ at }) => at.executionOrder)).toEqual([trace.violation!.step]);
  });

  test('the state after each step is complete', () => {
    for (const { thread, at } of inOrder()) {
      const { immutableState } = violating!.threadFlows.find((t) => t.id === thread)!;
      const all = { ...immutableState, ...at.state };
      const { shared } = trace.steps[at.executionOrder! - 1]!.state;
      const told = Object.keys(shared).map((key) => [key, all[key]!.text]);
      expect(Object.fromEntries(told)).toEqual(shared);
    }
  });

  test('the graph has a way for each run, edge after edge', () => {
    const [graph] = result.graphs!;
    const edges = new Map(graph!.edges!.map((e) => [e.id, e]));
    const nodes = new Set(graph!.nodes!.map((n) => n.id));
    expect(result.graphTraversals).toHaveLength(result.codeFlows!.length);
    for (const [i, { edgeTraversals }] of result.graphTraversals!.entries()) {
      expect(edgeTraversals).toHaveLength(inOrder(result.codeFlows![i]).length);
      let at = 's0';
      for (const { edgeId } of edgeTraversals!) {
        const edge = edges.get(edgeId)!;
        expect([edge.sourceNodeId, nodes.has(edge.targetNodeId)]).toEqual([at, true]);
        at = edge.targetNodeId;
      }
    }
  });

  test('for contrast a run that passes', () => {
    const steps = inOrder(passing);
    expect(steps.every(({ at }) => !at.kinds!.includes('danger'))).toBe(true);
    expect(steps[0]!.at.location).toEqual(inOrder()[0]!.at.location);
  });
});

test('fingerprints: the same from run to run and from name to name, no two the same', () => {
  const prints = (some: readonly Result[]) => some.map((r) => r.partialFingerprints!['cowpteJudgement/v1']);
  expect(sarifOf('v5', verdicts())).toBe(text);
  const renamed = JSON.parse(sarifOf('v5', verdicts('another <name>\u0000'))) as Log;
  expect(prints(renamed.runs[0]!.results!)).toEqual(prints(results));
  expect(new Set(prints(results)).size).toBe(results.length);
});
