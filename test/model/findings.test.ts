import { describe, expect, test } from 'vitest';
import { violationsOf } from '../../checking/findings/finding.ts';
import { findings, findingsOfVersion4 } from '../../checking/findings/index.ts';
import { pathNames } from '../../model/scenarios/scenario.ts';
import { suites } from '../../model/scenarios/suites/index.ts';
import { asPosted } from '../../model/variants/protocol.ts';
import { properties } from '../../properties/index.ts';
import { edited, explored, protocolNamed } from './explored.ts';

const pair = (scenario: string, property: string): string => `${property} in '${scenario}'`;
const pairs = findings.flatMap((f) => violationsOf(f).map((v) => pair(v.scenario, v.property)));

describe('the default suite on v5', () => {
  const v5 = protocolNamed('v5');
  const searched = suites.default.map((s) => ({ scenario: s.name, ...explored(v5, s.name) }));

  test('every search is exhaustive', () => {
    expect(searched.filter((s) => !s.exhaustive)).toEqual([]);
  });

  test('each violation belongs to exactly one finding, and nothing else is claimed', () => {
    const violated = searched.flatMap((s) => s.violated.map((property) => pair(s.scenario, property)));
    expect([...pairs].sort()).toEqual([...violated].sort());
  });

  test('every property is exercised, and every path runs', () => {
    const exercised = new Set(searched.flatMap((s) => s.exercised));
    expect(properties.map((p) => p.name).filter((name) => !exercised.has(name))).toEqual([]);
    const run = new Set(suites.default.flatMap((s) => s.threads.map((t) => t.run)));
    expect(pathNames.filter((name) => !run.has(name))).toEqual([]);
  });
});

describe('each finding', () => {
  test('has a name of its own, and a trace among what it covers', () => {
    const all = [...findings, ...findingsOfVersion4];
    expect(new Set(all.map((f) => f.id)).size).toBe(all.length);
    for (const { covers, shown, ...f } of all) {
      const own = violationsOf({ covers, shown, ...f }).map((v) => pair(v.scenario, v.property));
      expect(own).toContain(pair(shown.scenario, shown.property));
    }
  });

  test.each(findings)('$id comes back in fixed when its edits are left out', ({ shown, edits }) => {
    expect(edits).not.toEqual([]);
    const leftOut = Object.fromEntries(edits.map((name) => [name, asPosted[name]]));
    expect(explored(edited('fixed', leftOut), shown.scenario).violated).toContain(shown.property);
  });

  test('about v4 is violated there and nowhere in v5', () => {
    for (const f of findingsOfVersion4) {
      const names = f.covers.flatMap((c) => c.properties);
      const [v4, v5] = ['v4', 'v5'].map((name) => explored(protocolNamed(name), f.shown.scenario).violated);
      expect(v4).toEqual(expect.arrayContaining(names));
      expect(names.filter((name) => v5?.includes(name))).toEqual([]);
    }
  });
});
