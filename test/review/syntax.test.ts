import { describe, expect, it } from 'vitest';
import { symbolsWith } from '../../review/conditionals/symbols.ts';
import { readPatch } from '../../review/read-patch.ts';
import { loadGrammar } from '../../review/syntax/grammar.ts';
import { type ParsedUnit, parseUnit } from '../../review/syntax/parsed-unit.ts';
import { prepare } from '../../review/syntax/prepare.ts';
import { unitsOf } from '../../review/units/units-of.ts';
import { archiveCopy, ownMail } from './own-patch.ts';
import { mailNamed, mails, whyMails } from './reading.ts';

const grammar = await loadGrammar();
const parsed = async (text: string | Uint8Array, name = 'x.mbox'): Promise<readonly ParsedUnit[]> => {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const symbols = symbolsWith({ CONFIG_POND_FROGS: 1 });
  return unitsOf(await readPatch(name, bytes), symbols).map((unit) => parseUnit(unit, grammar));
};
const told = (units: readonly ParsedUnit[]): string[] =>
  units.flatMap(({ statements }) =>
    statements.map(({ at, depth, text }) => `${at.fileLine} ${depth} ${text}`),
  );

describe('statements', () => {
  it('are those of the text, each with its lines', async () => {
    const units = await parsed(ownMail);
    expect(units.map(({ error }) => error)).toEqual([null, null, null, null, expect.anything(), null]);
    expect(told(units.slice(0, 4))).toEqual([
      '10 0 if ( ! pond -> open )',
      '11 1 goto out ;',
      '12 0 level += 2 ;',
      '13 0 if ( drain_first ( pond , level ) )',
      '14 1 goto out ;',
      '15 0 pond -> level = level ;',
      '16 0 if ( pond -> level > most )',
      '17 1 pond -> level = most ;',
      '42 0 pond -> open = false ;',
      '49 0 int frogs = 0 ;',
      '51 0 for ( ; from < to ; from ++ )',
      '52 1 if ( pond -> frog [ from ] . colour == GREEN && - pond -> frog [ from ] . weight + 1 < 3 * pond -> frog [ from ] . age )',
      '53 2 frogs ++ ;',
      '56 0 return frogs ;',
      '67 0 pr_info ( "frogs: %d\\n" , count_frogs ( pond , NULL , 0 , 8 ) ) ;',
    ]);
    const added = units[0]!.statements.filter(({ at }) => at.added).map(({ at }) => at.mailLine);
    expect(added).toEqual([23, 24]);
  });

  it('are the same from the copy of an archive', async () => {
    expect(told(await parsed(archiveCopy(ownMail)))).toEqual(told(await parsed(ownMail)));
  });
});

describe('comments', () => {
  it('belong to what follows them; questions are the open ones', async () => {
    const frogs = (await parsed(ownMail))[2]!;
    expect(frogs.comments).toEqual([
      {
        text: 'Does a frog that leaps here always come down again?',
        at: expect.objectContaining({ fileLine: 46 }),
        isQuestion: true,
      },
    ]);
    const last = frogs.statements.at(-1)!;
    expect(last.comments).toEqual([
      { text: 'Tell nobody.', at: expect.objectContaining({ fileLine: 55 }), isQuestion: false },
    ]);
  });
  it('of several lines are one text', async () => {
    const [unit] = await parsed(
      'int f(void)\n{\n\t/*\n\t * One\n\t * * two?\n\t */\n\t// three\n\treturn 0;\n}\n',
      'f.c',
    );
    expect(unit?.statements[0]?.comments.map(({ text, isQuestion }) => [text, isQuestion])).toEqual([
      ['One * two?', true],
      ['three', false],
    ]);
  });
});

describe('what the grammar does not know', () => {
  it('is blanked or rewritten in its place', () => {
    const text =
      'static int __always_inline f(void) __releases(x)\n{\n\tfor_each_vma_range(vmi, curr, end) {\n\t}\n}\n';
    const { text: prepared, iterators } = prepare(text);
    expect(prepared).toHaveLength(text.length);
    expect(prepared.split('\n').map((line) => line.length)).toEqual(
      text.split('\n').map((line) => line.length),
    );
    expect(prepared).toContain('while             (vmi, curr, end) {');
    expect(prepared).not.toMatch(/__always_inline|__releases/);
    expect(iterators).toEqual([{ name: 'for_each_vma_range', row: 2 }]);
  });
  it('is an error at its line', async () => {
    const [unit] = await parsed('int f(void)\n{\n\tint a;\n\ta = ;\n}\n', 'f.c');
    expect(unit?.error?.fileLine).toBe(4);
  });
});

describe.skipIf(mails.length === 0)(`the mails of the series${whyMails}`, () => {
  it('the functions and the fragments of the break parse without an error, in both copies alike', async () => {
    const [mail, copy] = [
      await parsed(mailNamed('v5-04-break.mbox')),
      await parsed(mailNamed('cow-pte-v5-04.txt')),
    ];
    for (const { unit, error } of mail) if (unit.kind !== 'cut-off') expect(error).toBe(null);
    const told_ = (units: readonly ParsedUnit[]) =>
      units.map(({ unit, statements, comments }) => [
        unit.kind,
        unit.name,
        statements,
        comments.map(({ text }) => text),
      ]);
    expect(told_(copy)).toEqual(told_(mail));
  });
  it('the handler has 66 statements and two open questions', async () => {
    const handler = (await parsed(mailNamed('cow-pte-v5-04.txt'))).find(
      ({ tree }) => tree?.name === 'handle_cow_pte_fault',
    )!;
    expect(handler.statements).toHaveLength(66);
    const questions = handler.statements.flatMap(({ comments, at }) =>
      comments.filter(({ isQuestion }) => isQuestion).map((comment) => [comment.at.fileLine, at.fileLine]),
    );
    expect(questions).toEqual([
      [5241, 5247],
      [5357, 5364],
    ]);
  });
});
