// Makes the pictures of README.md from runs of the program: its output on a terminal, a page of its report, a graph of its states.
// Needs a build and chromium. Pictures change only when what they show does; the screenshot also with the fonts of the machine.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { graphPicture, terminalPicture } from './picture-svg.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const pictures = join(root, 'docs/pictures');
const scenario = ['check', '--scenario', 'two breaks in A beside an idle B', '--property'];

const browserPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
if (browserPath === undefined) {
  console.error('chromium is not installed: the screenshot cannot be made');
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'cowpte-pictures-'));
const report = join(folder, 'report.html');
const check = (property, ...more) => {
  const args = [join(root, 'dist/cli/main.js'), ...scenario, property, '--color', 'always', ...more];
  const run = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (run.status !== 1) throw new Error(`${property} was to be violated: exit ${run.status}, ${run.stderr}`);
  return run.stdout;
};

// The shorter trace for the terminal. The time of a search is another one each time.
const output = check('seqcount-one-writer').replace(/, in \d+\.\d s$/gm, '');
const shown = [...scenario, 'seqcount-one-writer'].map((word) => (word.includes(' ') ? `"${word}"` : word));
writeFileSync(join(pictures, 'trace.svg'), terminalPicture(`$ npx cowpte ${shown.join(' ')}\n${output}`));

check('right-lock-for-slot', '--report', report);
const page = readFileSync(report, 'utf8');
const drawing = /<div class="drawing"[^>]*>(<svg[\s\S]*?<\/svg>)/.exec(page);
if (!drawing) throw new Error('the report has no graph');
writeFileSync(join(pictures, 'graph.svg'), graphPicture(drawing[1]));

const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const browser = await chromium.launch({ executablePath: browserPath, args: sandbox });
const context = await browser.newContext({
  viewport: { width: 1280, height: 720 },
  colorScheme: 'light',
  reducedMotion: 'reduce',
});
const opened = await context.newPage();
await opened.goto(`file://${report}#step=44`);
await opened.locator('.card.now').waitFor();
await opened.screenshot({ path: join(pictures, 'report.png') });
await browser.close();
rmSync(folder, { recursive: true });
