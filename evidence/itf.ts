import type { Trace, TraceState } from '../explorer/trace/trace.ts';
import { jsonText } from './json.ts';

/** A value of the Informal Trace Format, as far as it is used here. */
type Value = string | { readonly '#bigint': string } | { readonly '#map': readonly Pair[] } | Fields;
type Pair = readonly [Value, Value];
interface Fields {
  readonly [field: string]: Value;
}

/** What the head of an ITF file says about the run. */
export interface ItfSource {
  readonly property: string;
  readonly protocol: string;
  readonly scenario: string;
  readonly trace: Trace;
}

/**
 * The trace in the Informal Trace Format of Apalache (its ADR-015): the initial state, then the state after each step. A variable
 * for each kind of location, a map where it has elements (`slot["A:0"]`); `at` and `locals` map threads to where they stand and
 * what they hold. The step that led to a state is in its `#meta`.
 */
export function itfText({ property, protocol, scenario, trace }: ItfSource): string {
  const states = [trace.initial, ...trace.steps.map((step) => step.state)].map(variablesOf);
  const vars = Object.keys(states[0]!);
  const { violation } = trace;
  const description = `${property} in '${scenario}', protocol ${protocol}`;
  return jsonText({
    '#meta': {
      format: 'ITF',
      'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
      source: 'cowpte',
      description,
      ...(violation && { violation }),
    },
    vars,
    states: states.map((state, index) => ({ '#meta': metaOf(trace, index), ...state })),
    ...(trace.loop !== null && { loop: trace.loop }),
  });
}

function metaOf(trace: Trace, index: number): object {
  const step = trace.steps[index - 1];
  if (!step) return { index };
  const { thread, step: name, event, says, file, line } = step;
  return { index, thread, step: name, event, says, file, line, function: step.function };
}

function variablesOf(state: TraceState): Fields {
  const variables: Record<string, Value> = {};
  const maps = new Map<string, Pair[]>();
  for (const [location, value] of Object.entries(state.shared)) {
    const [, name, element] = /^([^[]*)\[(.*)\]$/s.exec(location) ?? [];
    if (name === undefined || element === undefined) {
      variables[location] = parsed(value);
      continue;
    }
    const pairs = maps.get(name) ?? [];
    maps.set(name, pairs);
    pairs.push([element, parsed(value)]);
  }
  for (const [name, pairs] of maps) variables[name] = { '#map': pairs };
  const threads = Object.entries(state.threads);
  variables['at'] = { '#map': threads.map(([id, { at }]) => [id, at]) };
  variables['locals'] = { '#map': threads.map(([id, { locals }]) => [id, fieldsOf(Object.entries(locals))]) };
  return variables;
}

const fieldsOf = (fields: readonly (readonly [string, string])[]): Fields =>
  Object.fromEntries(fields.map(([name, value]) => [name, parsed(value)]));

/** A whole number, a record (`table=T0 w=0`; labels may hold blanks), or a word. */
function parsed(text: string): Value {
  if (/^-?\d+$/.test(text)) return { '#bigint': text };
  if (!/^\w+=/.test(text)) return text;
  const parts = text.split(/ (?=\w+=)/).map((part) => {
    const at = part.indexOf('=');
    return [part.slice(0, at), part.slice(at + 1)] as const;
  });
  return fieldsOf(parts);
}
