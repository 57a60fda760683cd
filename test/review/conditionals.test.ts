import { describe, expect, it } from 'vitest';
import { evaluateCondition } from '../../review/conditionals/condition.ts';
import { evaluateConditionals } from '../../review/conditionals/evaluate.ts';
import { symbolsWith } from '../../review/conditionals/symbols.ts';
import type { PatchedLine } from '../../review/diff/patch.ts';

const symbols = symbolsWith({ CONFIG_FROGS: 1, CONFIG_NEWTS: 0, DEPTH: 3 });
const linesOf = (text: string): PatchedLine[] =>
  text.split('\n').map((line, i) => ({
    text: line.replace(/^\+/, ''),
    mailLine: i + 1,
    fileLine: i + 101,
    added: line.startsWith('+'),
  }));
const evaluate = (text: string) => evaluateConditionals('x.mbox', 'lib/pond.c', linesOf(text), symbols);
const kept = (text: string): string =>
  evaluate(text)
    .lines.map((line) => line.text)
    .join('|');

describe('conditionals', () => {
  it('leave out lines and keep the numbers of the others', () => {
    const text = 'a\n#ifdef CONFIG_FROGS\nb\n# else /* no frogs */\nc\n#endif\nd';
    expect(kept(text)).toBe('a||b||||d');
    expect(evaluate(text).lines.map((line) => line.fileLine)).toEqual([101, 102, 103, 104, 105, 106, 107]);
    expect(kept('#ifndef CONFIG_FROGS\nb\n#else\nc\n#endif')).toBe('|||c|');
    expect(kept('#if 0\nb\n#elif DEPTH == 3\nc\n#elif 1\nd\n#else\ne\n#endif')).toBe('|||c|||||');
  });
  it('nest, and ask nothing of what is left out', () => {
    expect(kept('#if 0\n#ifdef UNKNOWN\na\n#else\nb\n#endif\n#else\nc\n#endif')).toBe('|||||||c|');
  });
  it('stand in no comment and in no string', () => {
    expect(kept('/*\n#if 0\n*/\na')).toBe('/*|#if 0|*/|a');
    expect(kept(' * of a comment\n#if 0\n */\na')).toBe(' * of a comment|#if 0| */|a');
  });
  it('may end below the hunk', () => {
    expect(kept('#ifdef CONFIG_FROGS\na')).toBe('|a');
    expect(kept('#ifdef CONFIG_NEWTS\na')).toBe('|');
  });
  it('that begin above the hunk leave their lines unknown', () => {
    expect(kept('a\n#endif\nb')).toBe('||b');
    expect(evaluate('a\n#endif\nb').unknown.map((line) => line.text)).toEqual(['a']);
    expect(() => evaluate('+a\n#endif\nb')).toThrow('the #if that this line depends on is not in the patch');
  });
  it('name an unknown symbol, its lines and what was meant', () => {
    const where = 'x.mbox:1 (lib/pond.c:101)';
    expect(() => evaluate('#ifdef CONFIG_FROG\n#endif')).toThrow(
      expect.objectContaining({
        reason: 'unknown-symbol',
        line: `${where}: no value is known for 'CONFIG_FROG'; give --config CONFIG_FROG=y or =n; did you mean 'CONFIG_FROGS'?`,
      }),
    );
    expect(() => evaluate('#if A \\\n && B\n#endif')).toThrow('a condition over several lines');
    expect(() => evaluate('#if 1\n#else\n#else\n#endif')).toThrow('#else behind #else');
  });
});

describe('conditions', () => {
  const cases: readonly (readonly [string, number])[] = [
    ['defined(CONFIG_FROGS) && !defined CONFIG_NEWTS', 1],
    ['IS_ENABLED(CONFIG_NEWTS) || DEPTH > 2', 1],
    ['DEPTH + 1 >= 4L', 1],
    ['!(DEPTH - 3) == 1', 1],
    ['0 || 1 && 0', 0],
    ['-1 < 0', 1],
  ];
  it.each(cases)('%s', (text, value) => expect(evaluateCondition(text, symbols, { name: 'x' })).toBe(value));
  it.each([
    '',
    '1 +',
    '(1',
    '1)',
    'defined()',
    '1 ? 2 : 3',
    '"a"',
    '!'.repeat(80),
    '010 == 8',
    '-1 > 0u',
    '0x10',
  ])('%s is refused', (text) => {
    expect(() => evaluateCondition(text, symbols, { name: 'x' })).toThrow(
      expect.objectContaining({ code: 'patch' }),
    );
  });
});
