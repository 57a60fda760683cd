import type { Trace, TraceViolation } from '../explorer/trace/trace.ts';
import { Field } from '../model/scenarios/field.ts';
import { parseJson } from '../model/scenarios/json-text.ts';
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

/** What replay takes from a trace file. The rest of the file is told anew by the replay. */
export interface RecordedTrace {
  readonly protocol: string;
  readonly property: string;
  readonly scenario: Scenario;
  readonly steps: readonly RecordedStep[];
  readonly switches: number;
  readonly shortest: boolean;
  readonly violation: TraceViolation | null;
}

interface RecordedStep {
  readonly thread: string;
  readonly step: string;
  readonly event: string;
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
  const violation = file.member('violation');
  return {
    protocol: file.member('protocol').text(),
    property: file.member('property').text(),
    scenario: resolveScenario(scenario.value!, `${origin}: scenario`),
    steps: file.member('steps').list().map(readStep),
    switches: file.member('switches').integer(0, mostSteps),
    shortest: file.member('shortest').boolean(),
    violation: violation.value === null ? null : readViolation(violation),
  };
}

function readStep(field: Field, index: number): RecordedStep {
  field.object();
  const n = field.member('n');
  if (n.integer(1, mostSteps) !== index + 1)
    n.fail('value', `expected ${index + 1}: steps are missing or out of order`);
  return {
    thread: field.member('thread').text(),
    step: field.member('step').text(),
    event: field.member('event').text(),
  };
}

function readViolation(field: Field): TraceViolation {
  field.object();
  return {
    step: field.member('step').integer(0, mostSteps),
    needed: field.member('needed').text(),
    found: field.member('found').text(),
  };
}
