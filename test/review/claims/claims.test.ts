import { describe, expect, it } from 'vitest';
import { suites } from '../../../model/scenarios/suites/index.ts';
import { protocols } from '../../../model/variants/index.ts';
import { properties } from '../../../properties/index.ts';
import { claims, irrelevant, type Searches } from '../../../review/claims/index.ts';

const searchesOf = claims.flatMap(({ searches, rules = [], answer }): readonly Searches[] => [
  ...searches,
  ...rules.map((r) => r.without),
  ...(typeof answer === 'object' && answer.proposal ? [answer.proposal.searches] : []),
]);

describe('claims', () => {
  it('have names of their own', () => {
    expect(new Set(claims.map((c) => c.id)).size).toBe(claims.length);
  });

  it('know comments by digests, and none that is irrelevant as well', () => {
    for (const { comment } of [...claims, ...irrelevant]) expect(comment).toMatch(/^[0-9a-f]{12}$/);
    const judged = new Set(claims.map((c) => c.comment));
    expect(irrelevant.filter((i) => judged.has(i.comment))).toEqual([]);
  });

  it('name scenarios, properties and protocols that exist', () => {
    const scenarios = suites.default.map((s) => s.name);
    const names = properties.map((p) => p.name);
    for (const search of searchesOf) {
      for (const scenario of search.scenarios) expect(scenarios).toContain(scenario);
      for (const property of search.properties) expect(names).toContain(property);
    }
    for (const { answer } of claims)
      if (typeof answer === 'object' && answer.proposal)
        expect(protocols.map((p) => p.name)).toContain(answer.proposal.protocol);
  });

  it('say why, where no search decides them', () => {
    for (const claim of claims.filter((c) => c.searches.length === 0)) expect(claim.open).toMatch(/\.$/);
  });
});
