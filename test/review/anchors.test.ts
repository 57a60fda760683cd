import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemble } from '../../checking/assemble.ts';
import { readMachine } from '../../model/language/reading.ts';
import { suites } from '../../model/scenarios/suites/index.ts';
import { protocols } from '../../model/variants/index.ts';
import { align, statementDigest } from '../../review/anchors/align.ts';
import type { Part, UnitAnchors } from '../../review/anchors/anchor.ts';
import { version5 } from '../../review/anchors/version-5.ts';
import { readPatch } from '../../review/read-patch.ts';
import type { ParsedUnit } from '../../review/syntax/parsed-unit.ts';
import { textProtocol } from '../../review/translate/text-protocol.ts';
import { mailNamed, mails, whyMails } from './reading.ts';

/** A unit whose statements are the given letters, on lines 1, 2, ... */
const unitOf = (letters: readonly string[]): ParsedUnit =>
  ({
    unit: { name: 'f', file: 'a.c' },
    statements: letters.map((text, n) => ({
      text,
      at: { file: 'a.c', fileLine: n + 1, mailLine: n + 101, added: true },
    })),
  }) as unknown as ParsedUnit;
const known = (letters: readonly string[]): UnitAnchors => ({
  unit: 'f',
  file: 'a.c',
  statements: letters.map((text, n) => [n + 11, statementDigest(text), n % 2 === 0 ? 'steps' : 'jumps']),
});
const told = (now: string, old: string): Record<string, readonly string[]> => {
  const { added, gone, moved, changed, known: same } = align([unitOf(now.split(''))], [known(old.split(''))]);
  return {
    known: same.map(({ at }) => String(at.line)),
    added: added.map((at) => `${at.line}/${at.mailLine}`),
    gone: gone.map(({ at }) => at),
    moved: moved.map(({ at, from }) => `${at.line} ${from}`),
    changed: changed.map(({ at, from }) => `${at.line} ${from}`),
  };
};

describe('the alignment of statements', () => {
  it('knows the same text, whatever its white space', () => {
    expect(told('abc', 'abc')).toEqual({
      known: ['1', '2', '3'],
      added: [],
      gone: [],
      moved: [],
      changed: [],
    });
    expect(statementDigest('f ( a ) ;')).toBe(statementDigest('f(a);'));
  });

  it('finds what is new, gone, moved and changed', () => {
    expect(told('abxc', 'abc')).toMatchObject({ added: ['3/103'], gone: [], moved: [], changed: [] });
    expect(told('ac', 'abc')).toMatchObject({ added: [], gone: ['a.c:12'], moved: [], changed: [] });
    expect(told('bcda', 'abcd')).toMatchObject({ added: [], gone: [], moved: ['4 a.c:11'], changed: [] });
    expect(told('axc', 'abc')).toMatchObject({ added: [], gone: [], moved: [], changed: ['2 a.c:12'] });
  });

  it('is not misled by a copy of a statement before it', () => {
    expect(told('auxlauld', 'aulauld')).toMatchObject({ added: ['3/103'], gone: [], moved: [], changed: [] });
  });

  it('leaves no statement out and counts none twice', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (now, old) => {
        const a = align([unitOf(now)], [known(old)]);
        const lines = [...a.known, ...a.moved, ...a.changed].map(({ at }) => at.line);
        expect([...lines, ...a.added.map((at) => at.line)].sort((x, y) => x - y)).toEqual(
          now.map((_, n) => n + 1),
        );
        expect(a.known.length + a.moved.length + a.changed.length + a.gone.length).toBe(old.length);
      }),
    );
  });

  it('tells of a function that is gone, and of one that is new', () => {
    expect(align([], [known(['a'])]).gone).toEqual([{ at: 'a.c:11', part: 'steps' }]);
    expect(align([unitOf(['a'])], []).added).toMatchObject([{ line: 1, unit: 'f' }]);
  });
});

describe('the anchors of version 5', () => {
  const v5 = protocols.find((p) => p.name === 'v5')!;
  const places = new Set(
    suites.default.flatMap((scenario) =>
      assemble(scenario, v5, []).threads.flatMap((thread) =>
        readMachine(thread.machine).places.flatMap(({ meta }) => (meta ? [`${meta.file}:${meta.line}`] : [])),
      ),
    ),
  );
  const anchored = version5.flatMap(({ file, statements }) =>
    statements.map(([line, , part]): [string, Part] => [`${file}:${line}`, part]),
  );

  it('have steps where they say so, and nowhere else', () => {
    expect(anchored.filter(([at, part]) => places.has(at) !== (part === 'steps'))).toEqual([]);
  });

  it('number 135 statements, 35 of them steps', () => {
    expect([anchored.length, anchored.filter(([, part]) => part === 'steps').length]).toEqual([135, 35]);
  });
});

describe.skipIf(mails.length === 0)(`the mails of version 5${whyMails}`, () => {
  it.each(['cow-pte-v5-04.txt', 'v5-04-break.mbox'])('%s: nothing is left over', async (name) => {
    const patch = await readPatch(name, mailNamed(name));
    const { parsedFor } = await textProtocol(name, [patch]);
    const units = parsedFor({ debugVm: true, splitPtlocks: true, rcuTableFree: false });
    const { known: same, ...rest } = align(units, version5);
    expect(rest).toEqual({ added: [], gone: [], moved: [], changed: [] });
    const anchored = version5.flatMap(({ file, statements }) =>
      statements.map(([line]) => `${file}:${line}`),
    );
    expect(same.map(({ at }) => `${at.file}:${at.line}`)).toEqual(anchored);
  });
});
