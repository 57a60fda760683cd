import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cowpte, folder, oneBreak, scenarioFile, twoBreaks } from './run-cowpte.ts';

test('--report leaves one page, whose bytes differ from run to run in the time alone', () => {
  const place = folder();
  const run = (name: string): string => {
    const args = ['check', '--scenario', scenarioFile(twoBreaks), '--property', 'right-lock-for-slot'];
    const { code, out } = cowpte([...args, '--report', name], { cwd: place });
    expect([code, out.includes(`The result is in ${name}.`)]).toEqual([1, true]);
    const page = readFileSync(join(place, name), 'utf8');
    return page.replace(/(<span id="seconds">)[\d.]+/, '$1').replaceAll(/cowpte-\w+/g, 'folder');
  };
  const first = run('first.html');
  expect(first).toBe(run('second.html'));
  expect(first).toContain('id="trace=two-breaks.right-lock-for-slot"');
  expect(first.match(/<section class="graph"/g)).toHaveLength(2);
  expect(first.match(/<svg /g)).toHaveLength(2);
});

test('--graphs 0 leaves the graphs out', () => {
  const place = folder();
  const args = ['check', '--scenario', scenarioFile(oneBreak), '--property', 'no-deadlock', '--graphs', '0'];
  const { code } = cowpte([...args, '--report', 'plain.html'], { cwd: place });
  expect(code).toBe(0);
  expect(readFileSync(join(place, 'plain.html'), 'utf8')).not.toContain('<section class="graph"');
});

test('--patch puts the lines of the patch beside the steps', () => {
  const place = folder();
  const lines = Array.from({ length: 3 }, (_, i) => ` \tcontext_of(${5228 + i});`);
  const diff = ['--- a/mm/memory.c', '+++ b/mm/memory.c', '@@ -5228,3 +5228,3 @@ head', ...lines, ''].join(
    '\n',
  );
  writeFileSync(join(place, 'made.diff'), diff.replace(' \tcontext_of(5229);', '-old\n+\tnew_line();'));
  const args = [
    'check',
    '--scenario',
    scenarioFile(twoBreaks),
    '--property',
    'right-lock-for-slot',
    '--graphs',
    '0',
  ];
  const { code, err } = cowpte([...args, '--patch', 'made.diff', '--report', 'a.html'], { cwd: place });
  expect([code, err]).toEqual([1, '']);
  expect(readFileSync(join(place, 'a.html'), 'utf8')).toContain(
    '"file":"mm/memory.c","runs":[[5228,["\\tcontext_of(5228);","\\tnew_line();","\\tcontext_of(5230);"]]]',
  );
});

test.each([
  [['--report', 'nowhere/a.html'], '--report nowhere/a.html: cannot be written: no such file'],
  [['--report', '-'], '--report -: a report goes to a file; give it the name of one'],
  [['--report', 'taken'], '--report taken: cannot be written: is a folder, not a file'],
  [['--report', 'a.html', '--graphs', 'many'], "--graphs: 'many' is not a whole number"],
  [['--report', 'a.html', '--json', 'a.html'], '--json: --report has the same name'],
  [['--report', 'a.html', '--patch', 'none.mbox'], 'none.mbox: no such file'],
])('%j is refused before the search', (args, said) => {
  const place = folder();
  mkdirSync(join(place, 'taken'));
  const { code, out, err } = cowpte(['check', ...args], { cwd: place });
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(said);
  expect(existsSync(join(place, 'a.html'))).toBe(false);
});
