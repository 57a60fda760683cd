import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { edited, ownBreak } from '../review/own-break.ts';
import { cowpte, folder } from './run-cowpte.ts';

const here = folder();
const file = (name: string, text: string): string => {
  const path = join(here, name);
  writeFileSync(path, text);
  return path;
};
const scenario = ['--scenario', 'one break in each of A and B'];

describe('check --protocol FILE', () => {
  it('translates the text and judges it', () => {
    const path = file('break.c', ownBreak);
    const { code, out, err } = cowpte(['check', '--protocol', path, ...scenario]);
    expect(code).toBe(0);
    expect(err).toContain('cowpte: warning: break.c:59 (break.c:59): VM_WARN_ON() drops its argument');
    expect(out).toContain('1 scenario');
  });
  it('names what is violated, and a trace of it replays', () => {
    const path = file('locked.c', edited(ownBreak, '\tpte_unmap_unlock(from_first, guard);\n', ''));
    const traces = join(here, 'traces');
    const run = cowpte([
      'check',
      '--protocol',
      path,
      ...scenario,
      '--property',
      'no-deadlock',
      '--traces',
      traces,
    ]);
    expect(run.code).toBe(1);
    expect(run.err).toContain('returns with a spin lock held');
    const trace = join(traces, 'one-break-in-each-of-a-and-b.no-deadlock.json');
    expect(cowpte(['replay', trace])).toMatchObject({ code: 0 });
    expect(cowpte(['replay', trace, '-o', path])).toEqual({
      code: 2,
      out: '',
      err: `cowpte: -o ${path}: would replace a file that this command reads; give it another name\n`,
    });
  });
  it('a text that outgrows the model is an error of the text', () => {
    const line = '\tspare = pte_alloc_one(owner);\n';
    const path = file('many.c', edited(ownBreak, line, line.repeat(3)));
    const { code, out, err } = cowpte(['check', '--protocol', path, ...scenario, '--quiet']);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/many\.c: .*: value \d+ is outside -1 to \d+ .*; the text counts further/);
  });
  it('what a trace names is opened only where it is a plain file', () => {
    const path = file('few.c', edited(ownBreak, '\tpte_unmap_unlock(from_first, guard);\n', ''));
    const traces = join(here, 'few');
    const args = ['--protocol', path, ...scenario, '--property', 'no-deadlock', '--traces', traces];
    expect(cowpte(['check', ...args, '--quiet']).code).toBe(1);
    const trace = join(traces, 'one-break-in-each-of-a-and-b.no-deadlock.json');
    for (const other of ['/dev/zero', here]) {
      const forged = { ...JSON.parse(readFileSync(trace, 'utf8')), protocol: other };
      writeFileSync(trace, JSON.stringify(forged));
      const ran = cowpte(['replay', trace]);
      expect(ran).toEqual({
        code: 2,
        out: '',
        err: `cowpte: ${trace}: protocol: '${other}' is not a plain file\n`,
      });
    }
  });
  it('reads --config for the text, and tells errors before it begins', () => {
    const text = edited(
      ownBreak,
      '\tspare = pte_alloc_one',
      '#ifdef CONFIG_FROGS\n\tleap(owner);\n#endif\n\tspare = pte_alloc_one',
    );
    const path = file('frogs.c', text);
    const unknown = cowpte(['check', '--protocol', path, ...scenario]);
    expect(unknown).toMatchObject({ code: 2, out: '' });
    expect(unknown.err).toMatch(
      /^cowpte: frogs\.c:\d+ \(frogs\.c:\d+\): no value is known for 'CONFIG_FROGS'/,
    );
    const yes = cowpte(['check', '--protocol', path, ...scenario, '--config', 'CONFIG_FROGS=y']);
    expect(yes.code).toBe(2);
    expect(yes.err).toContain("'leap()' is neither defined in the text nor a primitive");
    expect(cowpte(['check', '--protocol', path, ...scenario, '--config', 'CONFIG_FROGS=n']).code).toBe(0);
    expect(cowpte(['check', ...scenario, '--config', 'CONFIG_FROGS=n']).err).toContain(
      "unknown key 'CONFIG_FROGS'",
    );
  });
  it('says when a file is not there, or a name is misspelt', () => {
    expect(cowpte(['check', '--protocol', join(here, 'none.c')]).err).toContain('no such file');
    expect(cowpte(['check', '--protocol', 'v5-no-rechek']).err).toContain("did you mean 'v5-no-recheck'");
  });
});
