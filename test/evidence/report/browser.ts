import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => existsSync(path),
);

/** Why the page cannot be opened here; null if it can. */
export const noBrowser = executablePath === undefined ? 'chromium is not installed' : null;

export async function startBrowser(): Promise<Browser> {
  if (executablePath === undefined) throw new Error('chromium is not installed');
  // As root chromium has no sandbox; the software renderer stands in for a graphics card.
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return await chromium.launch({ executablePath, args: [...root, '--enable-unsafe-swiftshader'] });
}

/** A page, and everything that went wrong in it: messages of the console, errors, requests beyond the file itself. */
export interface Opened {
  readonly page: Page;
  readonly troubles: string[];
}

/** Opens a file from disk in a window of its own. */
export async function openFile(
  browser: Browser,
  path: string,
  hash = '',
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('console', (message) => {
    // The software renderer complains of its own speed.
    if (!message.text().includes('GL Driver Message')) troubles.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => troubles.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== `file://${path}`) troubles.push(`request: ${request.url()}`);
  });
  await page.goto(`file://${path}${hash}`);
  return { page, troubles };
}
