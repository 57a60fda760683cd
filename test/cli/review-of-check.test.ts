import { expect, test } from 'vitest';
import type { PropertyResult, ScenarioResult } from '../../checking/result.ts';
import { reviewedPatches, reviewOfCheck } from '../../cli/review/of-check.ts';
import { type ReviewPage, tally } from '../../evidence/review/page.ts';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import { suites } from '../../model/scenarios/suites/index.ts';
import { properties } from '../../properties/index.ts';
import { claims } from '../../review/claims/index.ts';
import { readPatch } from '../../review/read-patch.ts';
import { ownMail } from '../review/own-patch.ts';
import { mailNamed, mails, whyMails } from '../review/reading.ts';

/** Every property holds in these scenarios, and was exercised. */
const allHold = (scenarios: readonly Scenario[], names = properties.map((p) => p.name)): ScenarioResult[] =>
  scenarios.map((scenario) => {
    const results = names.map(
      (property) =>
        ({
          scenario: scenario.name,
          property,
          verdict: 'holds',
          exercised: true,
          reason: null,
          states: 1,
        }) as unknown as PropertyResult,
    );
    return { scenario, results } as unknown as ScenarioResult;
  });

async function reviewed(
  bytes: Uint8Array,
  done: readonly ScenarioResult[],
  overrides: Readonly<Record<string, unknown>> = {},
  protocol = 'v5',
): Promise<ReviewPage> {
  const patches = [await readPatch('made.patch', bytes)];
  const prepared = await reviewedPatches(patches, {}, overrides);
  return reviewOfCheck(prepared!, { protocol, done, draw: () => '' });
}

const verdictOf = ({ comments }: ReviewPage, id: string): string =>
  comments.flatMap((c) => c.claims).find((claim) => claim.id === id)!.verdict;

test('a patch whose statements cannot be compared is reviewed all the same, and the page says so', async () => {
  const page = await reviewed(new TextEncoder().encode(ownMail), []);
  expect(page.statements).toBeNull();
  expect(page.basis).toMatch(/The statements were not compared: .*CONFIG_POND_FROGS/);
  expect(page.comments.length).toBeGreaterThan(0);
});

test('a text without comments has no review', async () => {
  const text = '--- a/lib/a.c\n+++ b/lib/a.c\n@@ -1,1 +1,2 @@\n int a;\n+int b;\n';
  const patch = await readPatch('a.diff', new TextEncoder().encode(text));
  expect(await reviewedPatches([patch], {}, {})).toBeNull();
  expect(await reviewedPatches([], {}, {})).toBeNull();
});

test.skipIf(mails.length === 0)(`what a check did not search is not decided${whyMails}`, async () => {
  const mail = mailNamed('v5-04-break.mbox');
  const id = 'write-protected-is-not-bad';
  const { searches } = claims.find((c) => c.id === id)!;
  const wanted = suites.default.filter((s) => searches[0]!.scenarios.includes(s.name));
  expect(wanted).toHaveLength(2);

  const nothing = await reviewed(mail, []);
  expect(tally(nothing)).toMatch(/: 0 violated, 0 hold under a condition, 27 not decided, 0 hold$/);

  const enough = await reviewed(mail, allHold(wanted));
  expect(verdictOf(enough, id)).toBe('holds');
  const half = await reviewed(mail, allHold(wanted.slice(1)));
  expect(verdictOf(half, id)).toBe('not decided');
  const lessJudged = await reviewed(mail, allHold(wanted, ['no-lost-entry', 'no-table-leak']));
  expect(verdictOf(lessJudged, id)).toBe('not decided');

  const others = suites.default.find((s) => !wanted.includes(s))!;
  const sameName = [wanted[0]!, { ...others, name: wanted[1]!.name }];
  expect(verdictOf(await reviewed(mail, allHold(sameName)), id)).toBe('not decided');

  const other = { debugVm: false };
  const reconfigured = wanted.map((s) => ({ ...s, config: { ...s.config, ...other } }));
  expect(verdictOf(await reviewed(mail, allHold(reconfigured), other), id)).toBe('holds');
  expect(verdictOf(await reviewed(mail, allHold(reconfigured)), id)).toBe('not decided');
});

test.skipIf(mails.length === 0)(`what is asked for is tried by no other protocol${whyMails}`, async () => {
  const page = await reviewed(mailNamed('v5-04-break.mbox'), allHold(suites.default));
  const asked = page.comments.flatMap((c) => c.claims).flatMap((c) => c.because);
  expect(asked.filter((b) => b.endsWith('was not searched in this run.'))).toHaveLength(1);
  expect(asked.some((b) => b.startsWith('Tried'))).toBe(false);
});
