import { describe, expect, it } from 'vitest';
import { assemble } from '../../checking/assemble.ts';
import { edited, ownBreak } from './own-break.ts';
import { protocolOf, scenario, searched } from './searched.ts';

const on = scenario(['A break-only']);
const first = '\tif (pmd_none(*where) || pmd_write(*where))\n';

/** The break, which returns at once where the condition is true: what it leaves is then shared. */
const returnsIf = (before: string, condition: string): string =>
  edited(ownBreak, first, `\t${before}\n\tif (${condition})\n\t\treturn 0;\n${first}`);

/** Whether the translation takes the condition for true. */
async function taken(before: string, condition: string): Promise<boolean> {
  const { protocol } = await protocolOf(returnsIf(before, condition));
  return searched(protocol, on).states < whole;
}

const { protocol: asWritten } = await protocolOf(ownBreak);
const whole = searched(asWritten, on).states;

async function refusal(before: string, condition: string): Promise<string> {
  try {
    assemble(on, (await protocolOf(returnsIf(before, condition))).protocol, []);
  } catch (error) {
    return (error as { readonly line: string }).line;
  }
  return 'no error';
}

describe('a condition on numbers is what C makes of it', () => {
  it.each([
    ['', '0', false],
    ['', '1', true],
    ['bool broke = -ENOMEM;', 'broke == 1', true],
    ['bool broke = 2; bool *p = &broke; *p = 3;', 'broke > 1', false],
    ['', '(bool)2 == 1', true],
    ['vm_fault_t left = -ENOMEM; int back = left;', 'back < 0 && left == -ENOMEM', true],
    ['unsigned int two = 2;', 'two - 1 > 0', true],
    ['unsigned long none = 0;', 'none - 1 == -1', true],
    ['s8 small = -128;', 'small < 0', true],
    ['u16 most = 65535;', 'most - 65536 < 0', true],
    ['long a = -1;', 'a < 0L', true],
    ['int a = 1; (void)(a = 0);', 'a', false],
    ['', '1 << 30 > 0 && -1 >> 1 == -1 && 010 == 8', true],
    ['const unsigned long int a = 7;', '(a & 4) == 4UL', true],
  ])('%s %s', async (before, condition, wanted) => {
    expect(await taken(before, condition)).toBe(wanted);
  });
});

describe('a number that C would turn into another is refused', () => {
  it.each([
    ['unsigned int none = 0;', 'none - 1 > 0', /'>' on an unsigned number that may lie beyond 0/],
    ['unsigned int none = cow_pte_count(where);', 'none - 2 >= 0', /'>=' on an unsigned number/],
    ['', '-1 < 1U', /'<' on an unsigned number/],
    ['vm_fault_t left = -ENOMEM;', 'left < 0', /'<' on an unsigned number/],
    ['unsigned int a = -1; unsigned long b = a;', 'b', /that gets wider/],
    ['unsigned int a = -1; long b = -1;', 'a == b', /that gets wider/],
    ['u8 many = 256;', 'many', /a number that 'u8' may not hold/],
    ['', '(unsigned char)-1 == 255', /a number that 'unsigned char' may not hold/],
    ['char a = -1;', 'a < 0', /a number that 'char' may not hold/],
    ['int a = 3000000000;', 'a < 0', /a number above 2147483647/],
    ['', '1UL << 40 > 1', /a number that does not fit an int/],
    ['int a = 2147483647;', 'a + 1 < 0', /a number that does not fit an int/],
    ['frog_t a = 1;', 'a', /a number of the type 'frog_t', which is not known/],
    ['static int again = 1;', 'again', /a static variable is not in the subset/],
  ])('%s %s', async (before, condition, said) => {
    const told = await refusal(before, condition);
    expect(told).toMatch(said);
    expect(told).toMatch(/^break\.c:\d+ \(break\.c:\d+\): /);
  });

  it('what is passed and what is returned have the types of the function too', async () => {
    const with2 = (head: string, use: string): string =>
      edited(returnsIf('', use), '/* Breaks', `${head}\n\n/* Breaks`);
    const said = async (text: string): Promise<number> =>
      searched((await protocolOf(text)).protocol, on).states;
    expect(await said(with2('static bool leap(int n)\n{\n\treturn n;\n}', 'leap(2) == 1'))).toBeLessThan(
      whole,
    );
    expect(await said(with2('static int leap(bool n)\n{\n\treturn n;\n}', 'leap(2) == 2'))).toBe(whole);
  });
});

describe('names and nesting that nobody writes', () => {
  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('a variable %s', async (name) => {
    expect(await taken(`int ${name} = 1;`, `${name} == 1`)).toBe(true);
  });

  it.each([
    ['brackets', `${'('.repeat(20_000)}1${')'.repeat(20_000)}`],
    ['negations', `${'!'.repeat(20_000)}1`],
    ['a sum', `${'1 + '.repeat(20_000)}1`],
  ])('%s without end are refused', async (_, condition) => {
    expect(await refusal('', condition)).toMatch(
      /^break\.c:\d+ \(break\.c:\d+\): nested deeper than 500 levels/,
    );
  });
});
