import { expect, test } from 'vitest';
import { check } from '../../checking/check.ts';
import { replayRecorded } from '../../checking/replay-recorded.ts';
import { readTraceFile, type TraceFile, traceFile } from '../../checking/trace-file.ts';
import { engines } from '../../cli/parts.ts';
import { InputError } from '../../model/scenarios/input-error.ts';
import { suites } from '../../model/scenarios/suites/index.ts';
import { protocols } from '../../model/variants/index.ts';
import { properties } from '../../properties/index.ts';

const scenario = suites.default.find((s) => s.name.startsWith('two breaks'))!;
const protocol = protocols[0]!;
const property = properties.find((p) => p.name === 'seqcount-one-writer')!;
const [done] = check({ scenarios: [scenario], protocol, properties: [property], options: {} }, engines.js);
const file = traceFile('0.1.0', 'v5', scenario, property.name, done!.results[0]!.trace!);

/** Replays a file; the text of the answer if it is refused. */
function replayed(change: (file: TraceFile) => object): string {
  try {
    const recorded = readTraceFile(JSON.stringify(change(file)), 't.json');
    const system = engines.xstate.assemble(recorded.scenario, protocol, properties);
    const trace = replayRecorded(recorded, system, engines.xstate.replay, 't.json');
    expect(JSON.stringify(trace)).toBe(JSON.stringify(done!.results[0]!.trace));
    return 'as recorded';
  } catch (error) {
    if (error instanceof InputError) return error.line;
    throw error;
  }
}

test('what was recorded is replayed', () => {
  expect(replayed((f) => f)).toBe('as recorded');
});

test.each<[string, (file: TraceFile) => object, RegExp]>([
  [
    'another step',
    (f) => ({ ...f, steps: f.steps.with(1, { ...f.steps[1]!, step: 'other' }) }),
    /^t\.json: steps\[1\]\.step: the file says "other", the replay "/,
  ],
  [
    'an unknown thread',
    (f) => ({ ...f, steps: f.steps.with(1, { ...f.steps[1]!, thread: 'A/9' }) }),
    /^t\.json: steps\[1\]\.thread: no thread 'A\/9'.*did you mean 'A\/[01]'/,
  ],
  [
    'an impossible event',
    (f) => ({ ...f, steps: f.steps.with(3, { ...f.steps[3]!, event: 'FLY' }) }),
    /^t\.json: steps\[3\]: step 4: .*'FLY'/,
  ],
  [
    'a missing step',
    (f) => ({ ...f, steps: f.steps.toSpliced(2, 1) }),
    /^t\.json: steps\[2\]\.n: expected 3: steps are missing/,
  ],
  [
    'an end that was cut off',
    (f) => ({ ...f, steps: f.steps.slice(0, -1) }),
    /^t\.json: violation: the file says an object, the replay null/,
  ],
  [
    'another finding',
    (f) => ({ ...f, violation: { ...f.violation!, found: 'nothing' } }),
    /^t\.json: violation\.found: the file says "nothing", the replay "/,
  ],
  [
    'no violation',
    (f) => ({ ...f, violation: null }),
    /^t\.json: violation: the file says null, the replay an object/,
  ],
  [
    'another number of hand-overs',
    (f) => ({ ...f, switches: 7 }),
    /^t\.json: switches: the file says 7, the replay /,
  ],
  ['no initial state', (f) => ({ ...f, initial: undefined }), /^t\.json: initial: the file says nothing/],
  ['a run said to go round', (f) => ({ ...f, loop: 2 }), /it should go round from step 3 on: /],
  [
    'another schema',
    (f) => ({ ...f, schema: 'cowpte.run/1' }),
    /^t\.json: schema: unknown schema 'cowpte.run\/1'/,
  ],
  ['a wrong scenario', (f) => ({ ...f, scenario: { mms: {} } }), /^t\.json: scenario: mms: at least one mm/],
  ['no scenario', (f) => ({ ...f, scenario: undefined }), /^t\.json: scenario: missing/],
])('%s is refused', (_, change, line) => {
  expect(replayed(change)).toMatch(line);
});

const altered = (value: unknown): unknown => {
  if (typeof value === 'string') return `${value}?`;
  if (typeof value === 'number') return value + 1;
  return Array.isArray(value) ? [...(value as unknown[]), 'x'] : { ...(value as object), x: 'x' };
};
test.each(Object.keys(file.steps[0]!))('a step whose %s was altered or left out is refused', (key) => {
  const at = file.steps.findIndex((step) => step.acquires.length > 0);
  const step = file.steps[at]! as unknown as Record<string, unknown>;
  const own = key === 'comment' ? 1 : altered(step[key]);
  for (const value of [own, undefined]) {
    const line = replayed((f) => ({ ...f, steps: f.steps.with(at, { ...step, [key]: value } as never) }));
    expect(line).toMatch(new RegExp(`^t\\.json: steps\\[${at}\\]`));
  }
});

test('one altered value deep in a state is found', () => {
  const { state } = file.steps[4]!;
  const shared = { ...state.shared, 'slot[A:0]': 'table=T9 w=1' };
  expect(
    replayed((f) => ({ ...f, steps: f.steps.with(4, { ...f.steps[4]!, state: { ...state, shared } }) })),
  ).toMatch(
    /^t\.json: steps\[4\]\.state\.shared\["slot\[A:0\]"\]: the file says "table=T9 w=1", the replay "/,
  );
});

test('a truncated text is refused with its place', () => {
  const text = JSON.stringify(file).slice(0, -10);
  expect(() => readTraceFile(text, 't.json')).toThrow(/not JSON/);
});
