import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAssets } from '../../../evidence/report/assets.ts';
import { reportHtml } from '../../../evidence/report/report.ts';
import { reviewHtml } from '../../../evidence/review/html.ts';
import { traceName } from '../../../evidence/review/page.ts';
import { race as madeRace, told } from '../made-trace.ts';
import { madePage } from '../review/made-page.ts';
import { noBrowser, openFile, startBrowser } from './browser.ts';
import { checkedReport, hostileName } from './checked-report.ts';
import { madeReport, violatedResult } from './made-report.ts';

const race = '#trace=race.right-lock-for-slot';
const pages = { verdicts: '', trace: race, drawing: '#graph=race', layers: '#graph=race.states' };

describe.skipIf(noBrowser)(`the report in a browser${noBrowser ? ` (skipped: ${noBrowser})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'cowpte-report-'));
  const path = join(folder, 'report.html');
  let browser: Browser;
  beforeAll(async () => {
    writeFileSync(path, await checkedReport());
    browser = await startBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });
  const open = (hash = '', options = {}) => openFile(browser, path, hash, options);
  const goTo = (page: Page, hash: string): Promise<unknown> =>
    page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
  const position = (page: Page): Promise<string> => page.locator('.position').innerText();

  test.each(Object.entries(pages))('%s opens from disk without an error or a request', async (_, hash) => {
    const { page, troubles } = await open(hash);
    await page.waitForTimeout(100);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  test('every trace opens at its violation', async () => {
    const { page, troubles } = await open();
    const links = await page
      .locator('#verdicts a[href^="#trace="]')
      .evaluateAll((all) => [...new Set(all.map((link) => link.getAttribute('href')!))]);
    expect(links).toHaveLength(5);
    for (const link of links) {
      await goTo(page, link);
      await page.locator('.card.now.violates').waitFor();
      expect(await page.locator('.predicate.here dd.found').innerText()).not.toBe('');
    }
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  test('the keys move, and the address follows', async () => {
    const { page } = await open(race);
    const now = (): string => page.url().split('&')[1]!;
    expect(await position(page)).toBe('Step 44 of 44, CPU0');
    const moved: string[] = [];
    for (const key of [
      'Home',
      'ArrowRight',
      'ArrowRight',
      'ArrowLeft',
      'Shift+ArrowRight',
      'Shift+ArrowRight',
      'Shift+ArrowLeft',
      'End',
    ]) {
      await page.keyboard.press(key);
      moved.push(`${key} ${now()}`);
    }
    expect(moved).toEqual([
      'Home step=0',
      'ArrowRight step=1',
      'ArrowRight step=2',
      'ArrowLeft step=1',
      'Shift+ArrowRight step=12',
      'Shift+ArrowRight step=40',
      'Shift+ArrowLeft step=12',
      'End step=44',
    ]);
    await page.keyboard.press('?');
    expect(await page.locator('#help').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.locator('#help').isVisible()).toBe(false);
    await page.keyboard.press('t');
    expect(await page.locator('.text-trace.here pre').isVisible()).toBe(true);
    await page.context().close();
  });

  test('an address can be passed on', async () => {
    const { page } = await open(`${race}&step=20`);
    expect(await position(page)).toBe('Step 20 of 44, CPU1');
    expect(await page.locator('.card[aria-current="step"] .number').innerText()).toBe('20');
    await goTo(page, '#step=12');
    await page.locator('.card.now[data-n="12"]').waitFor();
    await page.context().close();
  });

  test('the state, the bars and the source of each CPU belong to the step', async () => {
    const { page } = await open(race, { viewport: { width: 1280, height: 720 } });
    const windows = page.locator('.source .code');
    expect(await windows.count()).toBe(2);
    const current = await page.locator('.code-line.current').allInnerTexts();
    expect(current.map((line) => line.replace(/\s+/g, ' '))).toEqual([
      '5259 mm/memory.c:5259 </script> <b>',
      '5354 mm/memory.c:5354 </script> <b>',
    ]);
    for (const box of await windows.all())
      expect((await box.boundingBox())!.width).toBeGreaterThanOrEqual(600);
    expect(await page.locator('svg.state').getAttribute('aria-label')).toContain(
      'slot[A:0] slot 0  T1 W=1, writable',
    );
    expect(await page.locator('.state .held').count()).toBe(1);
    const bars = await page
      .locator('.hold')
      .evaluateAll((all) => all.map((bar) => bar.getAttribute('aria-label')));
    expect(bars).toContain('CPU0 holds ptl[T0]: taken at step 40, held at the end');
    expect(bars).toContain('CPU1 holds ptl[T0]: taken at step 30, released at step 39');
    await page.context().close();
  });

  test('a run without a step, and one that goes round for ever', async () => {
    const cases = [
      [
        { ...madeRace, steps: [], violation: { step: 0, needed: 'a table', found: 'none' } },
        'Found in the initial state',
      ],
      [{ ...madeRace, loop: 3 }, 'goes on as after step 3'],
    ] as const;
    for (const [trace, said] of cases) {
      const file = join(folder, `made-${trace.steps.length}.html`);
      const example = { told: { ...told, trace }, text: 'as text' };
      const input = madeReport([{ ...violatedResult, counterexample: example }]);
      writeFileSync(file, reportHtml(input, readAssets()));
      const { page, troubles } = await openFile(browser, file, '#step=0');
      expect(await page.locator('.predicate').innerText()).toContain(said);
      for (const key of ['ArrowRight', 'ArrowLeft', 'Shift+ArrowRight', 'Shift+ArrowLeft', 'End', 'a', 't']) {
        await page.keyboard.press(key);
      }
      expect(troubles).toEqual([]);
      await page.context().close();
    }
  });

  test('the tables are filtered and sorted', async () => {
    const { page } = await open();
    const shown = page.locator('#verdicts tbody tr:visible');
    await page.locator('#filter-text').fill('right-lock-for-slot');
    await page.locator('#filter-verdict').selectOption('violated');
    expect(await shown.count()).toBe(2);
    await page.locator('#filter-text').fill('nothing of the kind');
    expect(await shown.count()).toBe(0);
    await page.locator('#filter-text').fill('');
    await page.locator('#filter-verdict').selectOption('');
    await page.locator('thead button', { hasText: 'Property' }).click();
    expect(await shown.first().locator('code').first().innerText()).toBe('accounting');
    await page.context().close();
  });

  test('a hostile name stays text', async () => {
    const { page, troubles } = await open();
    expect(await page.locator('img').count()).toBe(0);
    const said = await page.locator('#verdicts tbody tr th').allInnerTexts();
    expect(said.some((text) => text.startsWith(hostileName.slice(0, 40)))).toBe(true);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  test('printed, and without a script, the trace is there as text', async () => {
    const { page } = await open(race);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.text-trace:visible').count()).toBe(1);
    expect(await page.locator('.text-trace:visible pre').innerText()).toContain('violated at step 44 ***');
    expect(await page.locator('#stepper').isVisible()).toBe(false);
    await page.context().close();
    const silent = await open('', { javaScriptEnabled: false });
    expect(await silent.page.locator('.text-trace pre:visible').count()).toBe(5);
    expect(await silent.page.locator('#verdicts tbody tr:visible').count()).toBe(33);
    await silent.page.context().close();
  });

  test('the review leads to its claims and to the runs', async () => {
    const file = join(folder, 'reviewed.html');
    const trace = traceName(violatedResult);
    const comments = madePage.comments.map((c) => ({ ...c, claims: c.claims.map((m) => ({ ...m, trace })) }));
    const review = { ...madePage, comments, traces: new Map([[trace, 'CPU0\n']]) };
    writeFileSync(file, reportHtml(madeReport([violatedResult], { review }), readAssets()));
    const { page, troubles } = await openFile(browser, file);
    await page.getByRole('link', { name: '2 comments, 2 claims: 2 violated' }).click();
    expect(await page.locator('#verdicts').isVisible()).toBe(false);
    expect(await page.locator('#places [aria-current]').innerText()).toBe('Review');
    await page.getByRole('link', { name: 'Nobody else holds it.' }).click();
    expect(page.url()).toMatch(/#review=no-other$/);
    expect(await graveOf(page)).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#review details pre').isVisible()).toBe(true);
    expect(await page.locator('.text-trace:visible').count()).toBe(0);
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('link', { name: 'Step by step' }).click();
    await page.locator('.card.now.violates').waitFor();
    expect(await page.locator('#review').isVisible()).toBe(false);
    expect(troubles).toEqual([]);
    await page.context().close();
  });

  test.each(['light', 'dark'] as const)('the review alone needs no script: %s', async (colorScheme) => {
    const file = join(folder, 'review.html');
    writeFileSync(file, reviewHtml(madePage, '0.1.0', readAssets().style));
    const { page, troubles } = await openFile(browser, file, '#review=no-other', { colorScheme });
    expect(await page.locator('.judged:target').isVisible()).toBe(true);
    expect(await page.locator('#review details pre').isVisible()).toBe(true);
    expect([troubles, await graveOf(page)]).toEqual([[], []]);
    await page.context().close();
  });

  test('the theme follows the system, and the button', async () => {
    const { page } = await open('', { colorScheme: 'dark' });
    const ground = (): Promise<unknown> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect(await ground()).toBe('rgb(19, 22, 27)');
    await page.getByRole('button', { name: 'Light' }).click();
    expect(await ground()).toBe('rgb(246, 246, 244)');
    await page.context().close();
  });

  test.each(
    Object.entries(pages).flatMap(([name, hash]) => [
      [name, 'light', hash] as const,
      [name, 'dark', hash] as const,
    ]),
  )('nobody is shut out: %s, %s', async (_, colorScheme, hash) => {
    const { page } = await open(hash, { colorScheme });
    expect(await graveOf(page)).toEqual([]);
    await page.context().close();
  });
});

/** What the accessibility checker finds serious or worse. */
async function graveOf(page: Page): Promise<readonly string[]> {
  // As root of the page's own world: the policy of the page allows no script that is not its own.
  const found = await page.evaluate(
    `(() => { ${axe.source}; return axe.run().then((r) => r.violations); })()`,
  );
  return (found as { impact: string; id: string; nodes: { html: string; failureSummary: string }[] }[])
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((n) => `${n.html} ${n.failureSummary}`).join('\n')}`);
}
