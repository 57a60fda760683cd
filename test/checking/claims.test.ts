import { describe, expect, it } from 'vitest';
import { judgeClaim, searchesFor } from '../../checking/claims.ts';
import type { PropertyResult } from '../../checking/result.ts';
import type { Claim } from '../../review/claims/index.ts';

const made = (verdict: PropertyResult['verdict'], exercised = true, steps = 3): PropertyResult =>
  ({
    verdict,
    exercised,
    reason: verdict === 'unknown' ? 'timeout' : null,
    trace: verdict === 'violated' ? { steps: Array.from({ length: steps }) } : null,
  }) as unknown as PropertyResult;

const claim: Claim = {
  id: 'made',
  comment: '000000000000',
  at: 'mm/memory.c:1',
  subject: 'locks',
  says: 'A made claim.',
  searches: [{ properties: ['p', 'q'], scenarios: ['one', 'two'] }],
};
const withRule: Claim = {
  ...claim,
  rules: [{ onlyIf: 'the sun shines', without: { properties: ['p'], scenarios: ['rain'] } }],
};

/** Everything holds but what is listed as `property scenario` or `protocol property scenario`. */
const judge =
  (others: Readonly<Record<string, PropertyResult>>) =>
  (protocol: string | null, scenario: string, property: string): PropertyResult => ({
    ...(others[[protocol, property, scenario].filter(Boolean).join(' ')] ?? made('holds')),
    scenario,
    property,
  });

/** The same, but what is listed here was not searched. */
const without =
  (missing: readonly string[], others: Readonly<Record<string, PropertyResult>> = {}) =>
  (protocol: string | null, scenario: string, property: string): PropertyResult | null =>
    missing.includes([protocol, property, scenario].filter(Boolean).join(' '))
      ? null
      : judge(others)(protocol, scenario, property);

describe('a claim', () => {
  it('holds if every search holds', () => {
    const judged = judgeClaim(claim, judge({}));
    expect(judged).toMatchObject({ verdict: 'holds', why: null, shown: null });
    expect(judged.results.map((r) => `${r.property} ${r.scenario}`)).toEqual([
      'p one',
      'p two',
      'q one',
      'q two',
    ]);
  });

  it('is violated if one search is, and shows the shortest run of the first property', () => {
    const judged = judgeClaim(
      claim,
      judge({
        'p one': made('violated', true, 9),
        'p two': made('violated', true, 5),
        'q one': made('violated', true, 1),
      }),
    );
    expect(judged.verdict).toBe('violated');
    expect(judged.shown).toMatchObject({ property: 'p', scenario: 'two' });
  });

  it('is not decided by a search that was cut, nor by one that came near nothing', () => {
    expect(judgeClaim(claim, judge({ 'q two': made('unknown') }))).toMatchObject({
      verdict: 'not decided',
      why: 'the search of "two" was ended (timeout)',
    });
    expect(
      judgeClaim(claim, judge({ 'q one': made('holds', false), 'q two': made('holds', false) })),
    ).toMatchObject({
      verdict: 'not decided',
      why: 'nothing put q to the test',
    });
    expect(judgeClaim(claim, judge({ 'q one': made('holds', false) })).verdict).toBe('holds');
    expect(judgeClaim({ ...claim, searches: [], open: 'Nobody knows.' }, judge({}))).toMatchObject({
      verdict: 'not decided',
      why: 'Nobody knows.',
    });
  });

  it('holds only if a rule applies, where it is violated without', () => {
    expect(judgeClaim(withRule, judge({ 'p rain': made('violated') }))).toMatchObject({
      verdict: 'holds only if',
      rules: [{ onlyIf: 'the sun shines' }],
    });
    expect(judgeClaim(withRule, judge({})).verdict).toBe('holds');
    expect(judgeClaim(withRule, judge({ 'p rain': made('unknown') }))).toMatchObject({
      verdict: 'not decided',
      why: 'perhaps it holds only if the sun shines: the search of "rain" was ended (timeout)',
    });
    expect(judgeClaim(withRule, judge({ 'p one': made('violated') })).verdict).toBe('violated');
  });

  it('is not decided where a search is missing, unless another one violates it', () => {
    expect(judgeClaim(claim, without(['q one', 'q two']))).toMatchObject({
      verdict: 'not decided',
      why: 'not searched in this run (q in "one" and 1 more)',
      missing: 2,
    });
    expect(judgeClaim(claim, () => null)).toMatchObject({ verdict: 'not decided', results: [], missing: 4 });
    expect(judgeClaim(claim, without(['q one'], { 'p two': made('violated') }))).toMatchObject({
      verdict: 'violated',
      shown: { property: 'p', scenario: 'two' },
      missing: 1,
    });
  });

  it('is not decided where nobody knows whether its rule is needed', () => {
    expect(judgeClaim(withRule, without(['p rain']))).toMatchObject({
      verdict: 'not decided',
      why: 'perhaps it holds only if the sun shines: not searched in this run (p in "rain")',
      rules: [],
    });
    expect(judgeClaim(withRule, without(['p rain'], { 'q one': made('violated') })).verdict).toBe('violated');
  });

  it('says what was not tried of a proposal', () => {
    const searches = { properties: ['p'], scenarios: ['one', 'two'] };
    const asked: Claim = {
      ...claim,
      answer: { holds: 'No.', violated: 'Yes.', proposal: { protocol: 'other', searches } },
    };
    expect(judgeClaim(asked, without(['other p two'])).proposal).toMatchObject({
      results: [{ scenario: 'one' }],
      missing: 1,
    });
  });

  it('answers the question by its verdict, and tries what is proposed', () => {
    const proposal = { protocol: 'other', searches: { properties: ['p'], scenarios: ['one'] } };
    const asked: Claim = { ...claim, answer: { holds: 'No.', violated: 'Yes.', proposal } };
    const judged = judgeClaim(asked, judge({ 'p one': made('violated'), 'other p one': made('holds') }));
    expect(judged.answer).toBe('Yes.');
    expect(judged.proposal).toMatchObject({ protocol: 'other', results: [{ verdict: 'holds' }] });
    expect(judgeClaim(asked, judge({})).answer).toBe('No.');
    expect(judgeClaim(asked, judge({ 'p one': made('unknown') })).answer).toBeNull();
    expect(judgeClaim({ ...claim, answer: 'It depends.' }, judge({})).answer).toBe('It depends.');
  });

  it('names all that has to be searched', () => {
    const wanted = searchesFor([
      withRule,
      { ...claim, id: 'more', searches: [{ properties: ['r'], scenarios: ['one'] }] },
    ]);
    expect([...wanted.get(null)!].map(([scenario, names]) => [scenario, [...names]])).toEqual([
      ['one', ['p', 'q', 'r']],
      ['two', ['p', 'q']],
      ['rain', ['p']],
    ]);
  });
});
