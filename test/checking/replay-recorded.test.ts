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
    const system = engines.xstate.assemble(recorded.scenario, protocol, [property]);
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
    /^t\.json: steps\[1\]: is 'other' in the file/,
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
    /^t\.json: violation: the file records a violation at step/,
  ],
  [
    'another finding',
    (f) => ({ ...f, violation: { ...f.violation!, found: 'nothing' } }),
    /^t\.json: violation: the file records/,
  ],
  [
    'no violation',
    (f) => ({ ...f, violation: null }),
    /^t\.json: violation: the file records no violation, the replay gives/,
  ],
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

test('a truncated text is refused with its place', () => {
  const text = JSON.stringify(file).slice(0, -10);
  expect(() => readTraceFile(text, 't.json')).toThrow(/not JSON/);
});
