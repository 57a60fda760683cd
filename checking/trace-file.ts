import type { Trace } from '../explorer/trace/trace.ts';
import { Field } from '../model/scenarios/field.ts';
import { type JsonValue, parseJson } from '../model/scenarios/json-text.ts';
import { resolveScenario } from '../model/scenarios/read.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { scenarioToJson } from '../model/scenarios/write.ts';

/** A trace with all that is needed to run it again. */
export interface TraceFile extends Trace {
  readonly schema: 'cowpte.trace/1';
  readonly tool: string;
  readonly protocol: string;
  readonly property: string;
  /** The whole scenario, in the form of a scenario file. */
  readonly scenario: object;
}

/** What is read from a trace file: what replay needs, and the rest as it stands there, to be compared. */
export interface RecordedTrace {
  readonly protocol: string;
  readonly property: string;
  readonly scenario: Scenario;
  readonly steps: readonly RecordedStep[];
  readonly shortest: boolean;
  readonly loop: number | null;
  readonly members: ReadonlyMap<string, JsonValue>;
}

interface RecordedStep {
  readonly thread: string;
  readonly event: string;
  readonly step: string;
  readonly value: JsonValue;
}

/** Puts a trace into the form of a trace file. */
export function traceFile(
  tool: string,
  protocol: string,
  scenario: Scenario,
  property: string,
  trace: Trace,
): TraceFile {
  return { schema: 'cowpte.trace/1', tool, protocol, property, scenario: scenarioToJson(scenario), ...trace };
}

const mostSteps = 1_000_000;

/** Reads the text of a trace file; an InputError says what is missing or wrong, and where. */
export function readTraceFile(text: string, origin: string): RecordedTrace {
  const file = new Field(parseJson(text, origin), origin);
  file.object();
  file.member('schema').oneOf(['cowpte.trace/1'], 'schema');
  const scenario = file.member('scenario');
  scenario.object();
  const loop = file.member('loop');
  const steps = file.member('steps').list().map(readStep);
  file.member('switches').integer(0, mostSteps);
  return {
    protocol: file.member('protocol').text(),
    property: file.member('property').text(),
    scenario: resolveScenario(scenario.value!, `${origin}: scenario`),
    steps,
    shortest: file.member('shortest').boolean(),
    loop: loop.value === null ? null : loop.integer(0, Math.max(0, steps.length - 1)),
    members: file.value as ReadonlyMap<string, JsonValue>,
  };
}

function readStep(field: Field, index: number): RecordedStep {
  field.object();
  const n = field.member('n');
  if (n.integer(1, mostSteps) !== index + 1)
    n.fail('value', `expected ${index + 1}: steps are missing or out of order`);
  return {
    thread: field.member('thread').text(),
    event: field.member('event').text(),
    step: field.member('step').text(),
    value: field.value!,
  };
}
