import { expect, test } from 'vitest';
import { holdsIn, refuted } from '../../checking/findings/refuted.ts';
import { type Explored, explored, protocolNamed } from './explored.ts';

const v5 = protocolNamed('v5');
const searched = new Map<string, Explored>();

test.each(refuted)('$suspicion', (suspicion) => {
  for (const { scenario, property } of holdsIn(suspicion)) {
    const found = searched.get(scenario) ?? explored(v5, scenario);
    searched.set(scenario, found);
    const seen = [found.exhaustive, found.violated.includes(property), found.exercised.includes(property)];
    expect([scenario, property, ...seen]).toEqual([scenario, property, true, false, true]);
  }
});
