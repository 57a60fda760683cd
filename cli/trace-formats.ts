import type { TraceFile } from '../checking/trace-file.ts';
import { commitColumns } from '../evidence/commit-columns.ts';
import type { Counterexample } from '../evidence/counterexample.ts';
import { itfText } from '../evidence/itf.ts';
import { jsonText } from '../evidence/json.ts';
import { lockdepColumns } from '../evidence/lockdep-columns.ts';
import { shivizText } from '../evidence/shiviz.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import type { TraceFormatName } from './choices.ts';
import { sarifOf } from './sarif-of.ts';

/** A run with all that any of its faces tells. */
export interface ToldTrace {
  readonly told: Counterexample;
  readonly file: TraceFile;
  readonly scenario: Scenario;
  /** How much was searched for it; 0 where it was read from a file. */
  readonly states: number;
}

interface TraceFormat {
  /** What a file name ends with. */
  readonly suffix: string;
  readonly text: (trace: ToldTrace) => string;
}

/** The faces of one trace. */
export const traceFormats: Readonly<Record<TraceFormatName, TraceFormat>> = {
  lockdep: { suffix: '.lockdep.txt', text: ({ told }) => lockdepColumns(told) },
  commit: { suffix: '.commit.txt', text: ({ told }) => commitColumns(told) },
  json: { suffix: '.json', text: ({ file }) => jsonText(file) },
  sarif: {
    suffix: '.sarif',
    text: ({ told, scenario, states }) => {
      const { property, threads, trace, whole } = told;
      const verdict = trace.violation === null ? 'unknown' : 'violated';
      const judged = {
        property,
        verdict,
        reason: null,
        exercised: true,
        exhaustive: false,
        states,
        threads,
        trace,
        whole,
      } as const;
      return sarifOf(told.protocol, [{ scenario, verdict: judged }]);
    },
  },
  itf: { suffix: '.itf.json', text: ({ told }) => itfText(told) },
  shiviz: { suffix: '.shiviz.log', text: ({ told }) => shivizText(told.trace) },
};
