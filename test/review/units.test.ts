import { describe, expect, it } from 'vitest';
import { symbolsWith } from '../../review/conditionals/symbols.ts';
import { readPatch } from '../../review/read-patch.ts';
import { type Unit, unitText } from '../../review/units/unit.ts';
import { unitsOf } from '../../review/units/units-of.ts';
import { archiveCopy, ownMail } from './own-patch.ts';
import { mailNamed, mails, whyMails } from './reading.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const symbols = symbolsWith({ CONFIG_POND_FROGS: 1 });
const shown = ({ kind, name, missing, changed, lines }: Unit): string =>
  `${kind} ${name} ${lines[0]!.fileLine}-${lines.at(-1)!.fileLine} without ${missing}${changed ? ', changed' : ''}`;
const unitsIn = async (text: string | Uint8Array, name = 'x.mbox') =>
  unitsOf(await readPatch(name, typeof text === 'string' ? encode(text) : text), symbols);
const ofStatements = async (lines: string[], section = 'static int f(int a)') => {
  const body = lines.map((line) => `+${line}`).join('\n');
  return unitsIn(`--- a/x.c\n+++ b/x.c\n@@ -10,0 +11,${lines.length} @@ ${section}\n${body}\n`);
};

describe('the units of a patch', () => {
  const expected = [
    'fragment fill_pond 10-17 without both, changed',
    'fragment close_pond 42-43 without beginning',
    'function count_frogs 46-57 without nothing, changed',
    'function look 65-68 without nothing, changed',
    'function cut_reed 3-8 without end',
    'fragment grow_reed 19-25 without both, changed',
  ];
  it('are whole functions, and statements of others', async () => {
    const units = (await unitsIn(ownMail)).map(shown);
    expect(units).toEqual(
      expected
        .map((unit) => unit.replace('function cut_reed 3-8', 'cut-off cut_reed 3-8'))
        .map((unit) => (unit.includes('cut_reed') ? `${unit}, changed` : unit)),
    );
  });
  it('are the same from the copy of an archive', async () => {
    expect((await unitsIn(archiveCopy(ownMail))).map(shown)).toEqual((await unitsIn(ownMail)).map(shown));
  });
  it('have comments with them', async () => {
    const frogs = (await unitsIn(ownMail))[2] as Unit;
    expect(frogs.lines[0]?.text).toBe('/* Does a frog that leaps here always come down again? */');
    expect(unitText(frogs).split('\n')).toHaveLength(13);
  });
});

describe('statements of a function whose head is not in the patch', () => {
  const frame = async (lines: string[], section?: string) => {
    const units = await ofStatements(lines, section);
    expect(units.map((unit) => unit.kind)).toEqual(['fragment']);
    return [units[0]!.before.replace('void __cowpte_fragment(void) ', 'f'), units[0]!.after];
  };
  it('get the blocks that they lack', async () => {
    expect(await frame(['a = 1;', 'b();'])).toEqual(['f{', '}']);
    expect(await frame(['a = 1;', '}', 'b();'])).toEqual(['f{{', '}']);
    expect(await frame(['a = 1;', '} else {', 'b();', '}', 'return 0;'])).toEqual(['f{if (0) {', '}']);
    expect(await frame(['a = 1;', '} while (a < f(b));', 'return;'])).toEqual(['f{do {', '}']);
    expect(await frame(['do {', 'a++;'])).toEqual(['f{', '} while (0);}']);
    expect(await frame(['do {', 'a++;', '}'])).toEqual(['f{', 'while (0);}']);
    expect(await frame(['if (a) {', 'b();'])).toEqual(['f{', '}}']);
    expect(await frame(['a = 1;', 'out:'])).toEqual(['f{', ';}']);
    expect(await frame(['a = 1;', '}'])).toEqual(['f{', '']);
  });
  it('leave out what does not end in the patch', async () => {
    const units = await ofStatements(['a = 1;', 'b = f(c,']);
    expect(units.map((unit) => [unit.kind, unit.missing, unit.lines.length])).toEqual([
      ['fragment', 'both', 1],
      ['cut-off', 'end', 1],
    ]);
  });
  it('follow the rest of a head', async () => {
    const units = await ofStatements(
      ['struct pond *pond, int b)', '{', 'int c = b;', 'drain(pond);'],
      'static int f(int a,',
    );
    expect(units.map((unit) => [unit.kind, unit.name, unit.before])).toEqual([
      ['cut-off', null, ''],
      ['fragment', 'f', 'void __cowpte_fragment(void) '],
    ]);
  });
});

describe('declarations', () => {
  it('are told apart', async () => {
    const units = await unitsIn(
      'struct pond {\n\tint level;\n};\n\nint fill(int a);\nstatic int b = 3;\nEXPORT_SYMBOL(fill);\nint fill(int a)\n{\n\treturn (a);\n}\nenum { A, B };\n',
      'x.c',
    );
    expect(units.map(({ kind, name }) => [kind, name])).toEqual([
      ['declaration', null],
      ['prototype', 'fill'],
      ['declaration', null],
      ['prototype', 'EXPORT_SYMBOL'],
      ['function', 'fill'],
      ['declaration', null],
    ]);
  });
  it('may be cut off', async () => {
    const units = await unitsIn('int a;\nint fill(int a)\n{\n\tif (a) {\n', 'x.c');
    expect(units.map(({ kind, name, missing }) => [kind, name, missing])).toEqual([
      ['declaration', null, 'nothing'],
      ['cut-off', 'fill', 'end'],
    ]);
  });
  it('with brackets that do not fit are an error with its line', async () => {
    await expect(unitsIn('int f(void)\n{\n\tg(a;\n}\n', 'x.c')).rejects.toMatchObject({
      reason: 'brackets',
      line: "x.c:4 (x.c:4): '}' closes a bracket of another kind; a line was lost or changed on the way, or the code does not compile",
    });
    await expect(unitsIn('char *a = "b;\n', 'x.c')).rejects.toMatchObject({ reason: 'brackets' });
  });
});

describe.skipIf(mails.length === 0)(`the mails of the series${whyMails}`, () => {
  const cow = symbolsWith();
  const kinds = async (name: string) => unitsOf(await readPatch(name, mailNamed(name)), cow).map(shown);
  it('the break: four functions and ten places in others', async () => {
    const units = await kinds('v5-04-break.mbox');
    expect(units.filter((unit) => unit.startsWith('function'))).toEqual([
      'function handle_cow_pte_fault 5205-5373 without nothing, changed',
      'function __break_cow_pte 5375-5385 without nothing, changed',
      'function break_cow_pte 5387-5453 without nothing, changed',
      'function break_cow_pte_range 5455-5480 without nothing, changed',
    ]);
    expect(units.filter((unit) => /^fragment.*changed/.test(unit))).toHaveLength(9);
    expect(await kinds('cow-pte-v5-04.txt')).toEqual(units);
  });
  it.each(mails.map((mail) => mail.name))('%s can be split', async (name) => {
    const units = await kinds(name);
    expect(units.length).toBeGreaterThan(5);
    // Every line that the patch adds to a C file, and that is compiled, is in one unit.
    const patch = await readPatch(name, mailNamed(name));
    const inUnits = unitsOf(patch, cow).flatMap((unit) =>
      unit.lines.filter((line) => line.added && line.text.trim() !== ''),
    );
    expect(new Set(inUnits.map((line) => line.mailLine)).size).toBe(inUnits.length);
  });
});
