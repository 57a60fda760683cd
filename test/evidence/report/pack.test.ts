import { expect, test } from 'vitest';
import { assemble } from '../../../checking/assemble.ts';
import { shownSteps } from '../../../evidence/causal-past.ts';
import { Packing } from '../../../evidence/report/pack.ts';
import type { PageData } from '../../../evidence/report/page-data.ts';
import { unpack } from '../../../evidence/report/unpack.ts';
import { lanesOf } from '../../../evidence/rows.ts';
import { explore } from '../../../explorer/search/explore.ts';
import { replay } from '../../../explorer/trace/replay.ts';
import { suites } from '../../../model/scenarios/suites/index.ts';
import { protocols } from '../../../model/variants/index.ts';
import { properties } from '../../../properties/index.ts';
import { told } from '../made-trace.ts';

/** Every counterexample of a scenario on v5. */
function tracesOf(name: string) {
  const scenario = suites.default.find((s) => s.name === name)!;
  const system = assemble(scenario, protocols[0]!, properties);
  return explore(system).findings.flatMap(({ run, check }) =>
    run ? [{ property: check, trace: replay(system, run, check) }] : [],
  );
}

test('a trace comes out of its packed form with every access and every state', () => {
  const packing = new Packing();
  const traces = [
    ...tracesOf('two breaks in A beside an idle B'),
    ...tracesOf('the exits of A and B, without split PTE locks'),
  ];
  expect(traces).toHaveLength(6);
  const packed = traces.map(({ property, trace }) => {
    const example = { told: { ...told, property, trace, whole: false }, text: '' };
    return packing.trace(property, example, '');
  });
  const json = JSON.stringify({
    strings: packing.strings,
    places: packing.places,
    traces: packed,
    sources: [],
    graphs: [],
  });
  const data = JSON.parse(json) as PageData;
  traces.forEach(({ trace }, i) => {
    const shown = unpack(data, data.traces[i]!);
    const part = new Set(shownSteps(trace, false));
    expect(Object.fromEntries(shown.initial)).toEqual(trace.initial.shared);
    expect(shown.threads.filter((t) => t.part).map((t) => t.id)).toEqual(lanesOf(trace, false));
    trace.steps.forEach((step, at) => {
      const { values, cpu, part: shownPart, locals, ...rest } = shown.steps[at]!;
      const { n, says, file, source, line, reads, writes, acquires, releases, changes } = step;
      const own = { n, step: step.step, says, function: step.function, file, source, line };
      expect(rest).toEqual({ ...own, reads, writes, acquires, releases, changes });
      expect(shown.threads[cpu]!.id).toBe(step.thread);
      expect(shownPart).toBe(part.has(step));
      expect(locals).toEqual(step.locals.map(({ name, after }) => ({ name, after })));
      expect(Object.fromEntries(values)).toEqual(step.state.shared);
    });
  });
  // A state is told by what it changes.
  expect(json.length).toBeLessThan(JSON.stringify(traces).length / 20);
});
