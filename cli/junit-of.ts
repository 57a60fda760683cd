import type { PropertyResult, ScenarioResult } from '../checking/result.ts';
import { junitText } from '../evidence/junit.ts';
import { drawIn } from './layout.ts';
import { counterexample, type ReportContext } from './report-context.ts';

/**
 * A JUnit report of all that was judged, each failure with its run in the layout that was asked for. `traceOf`: the file of a
 * counterexample, null if there is none.
 */
export const junitOf = (
  context: ReportContext,
  done: readonly ScenarioResult[],
  traceOf: (result: PropertyResult) => string | null,
): string =>
  junitText(
    done.map(({ scenario, results, whole, seconds }) => ({
      scenario: scenario.name,
      protocol: context.protocol,
      seconds,
      cases: results.map((verdict) => {
        const { trace } = verdict;
        if (trace === null) return { verdict, failure: null };
        const text = drawIn(context.layout, counterexample(context, verdict, whole, traceOf(verdict)));
        const { needed, found } = trace.violation ?? { needed: '', found: '' };
        return { verdict, failure: { message: `needed: ${needed}; found: ${found}`, text } };
      }),
    })),
  );
