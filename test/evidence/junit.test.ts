import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { type JUnitCase, junitText } from '../../evidence/junit.ts';
import { lockdepColumns } from '../../evidence/lockdep-columns.ts';
import type { ShownVerdict } from '../../evidence/verdicts.ts';
import { told } from './made-trace.ts';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** Parses strictly: whatever is not well-formed throws. */
function parsed(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = {
      name,
      attributes: attributes as Record<string, string>,
      children: [],
      text: '',
    };
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  const text = (some: string): void => {
    open.at(-1)!.text += some;
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(xml).close();
  return root.children[0]!;
}

const verdict = (property: string, rest: Partial<ShownVerdict> = {}): ShownVerdict => ({
  property,
  verdict: 'holds',
  reason: null,
  exercised: true,
  states: 26_318,
  transitions: 80_211,
  depth: 74,
  exhaustive: true,
  switches: null,
  collisions: null,
  sample: null,
  trace: null,
  ...rest,
});
const drawing = lockdepColumns(told);
const cases: readonly JUnitCase[] = [
  { verdict: verdict('refcount-matches'), failure: null },
  { verdict: verdict('warn-free-shared', { exercised: false }), failure: null },
  {
    verdict: verdict('no-deadlock', { verdict: 'unknown', reason: 'timeout', exhaustive: false }),
    failure: null,
  },
  {
    verdict: verdict('right-lock-for-slot', { verdict: 'violated' }),
    failure: { message: 'needed: <a> & "b"; found: c', text: drawing },
  },
];

test('a suite for the scenario, a case for each property', () => {
  const root = parsed(
    junitText([{ scenario: 'two <faults> & "one" exit', protocol: 'v5', seconds: 1.5, cases }]),
  );
  expect([root.name, root.attributes]).toEqual([
    'testsuites',
    { name: 'cowpte', tests: '4', failures: '1', errors: '0', skipped: '2' },
  ]);
  const [suite] = root.children;
  expect(suite!.attributes).toEqual({
    name: 'two <faults> & "one" exit',
    tests: '4',
    failures: '1',
    errors: '0',
    skipped: '2',
    time: '1.5',
  });
  const all = suite!.children.filter((e) => e.name === 'testcase');
  expect(all.map((e) => [e.attributes['name'], ...e.children.map((c) => c.name)])).toEqual([
    ['refcount-matches', 'system-out'],
    ['warn-free-shared', 'skipped', 'system-out'],
    ['no-deadlock', 'skipped', 'system-out'],
    ['right-lock-for-slot', 'failure'],
  ]);
  expect(all[1]!.children[1]!.text).toMatch(/^holds \(not exercised\)/);
  expect(all[2]!.children[1]!.text).toMatch(/^unknown: the search ended early \(timeout\)/);
  const [failure] = all[3]!.children;
  expect(failure!.attributes).toEqual({ message: 'needed: <a> & "b"; found: c', type: 'violated' });
  expect(failure!.text).toBe(drawing);
});

test('whatever the names and texts: well-formed, and every case is there', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\u0000\u001b[2J', ']]>', '<!--', '\ud800', '\uffff', '&amp;', 'x'.repeat(10_000)),
  );
  fc.assert(
    fc.property(text, text, text, (scenario, message, body) => {
      const failure = { message, text: body };
      const made = junitText([
        {
          scenario,
          protocol: 'v5',
          seconds: 0,
          cases: cases.map((c) => (c.failure ? { ...c, failure } : c)),
        },
      ]);
      expect(parsed(made).children[0]!.children.filter((e) => e.name === 'testcase')).toHaveLength(4);
    }),
    { numRuns: 40 },
  );
});
