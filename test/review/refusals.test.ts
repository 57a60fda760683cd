import { describe, expect, it } from 'vitest';
import { assemble } from '../../checking/assemble.ts';
import { demandFunctions } from '../../review/translate/text-protocol.ts';
import { edited, ownBreak } from './own-break.ts';
import { protocolOf, scenario, searched, violated } from './searched.ts';

const on = scenario(['A break-only', 'B break-only']);

/** What is said of a text that cannot be translated. */
async function refusal(text: string): Promise<string> {
  try {
    const found = await protocolOf(text);
    assemble(on, found.protocol, []);
  } catch (error) {
    return (error as { readonly line: string }).line;
  }
  return 'no error';
}
const at = '\tspare = pte_alloc_one(owner);\n';
const put = (line: string): string => edited(ownBreak, at, `\t${line}\n${at}`);

describe('what is not understood is an error with its line, never skipped', () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    [
      'pte_unmap_unlok(from, guard);',
      /'pte_unmap_unlok\(\)' is neither defined in the text nor a primitive that is known; did you mean 'pte_unmap_unlock'\?/,
    ],
    [
      'frobnicate(owner);',
      /'frobnicate\(\)' is neither defined .*; give the patch that defines it with --protocol A,B/,
    ],
    [
      'switch (result) { case 0: break; }',
      /a switch is not in the subset of C that is understood; use assignments/,
    ],
    ['asm volatile("nop");', /is not in the subset/],
    ['int many[3];', /the declaration of 'many\[3\]': an array/],
    ['pmd_t **twice = &where;', /'twice' is a pointer to a pointer/],
    ['(*owner->ops)(owner);', /a call through a pointer is not in the subset/],
    [
      'for_each_vma(owner, area) { cond_resched(); }',
      /the iterator macro for_each_vma\(\) is not in the subset/,
    ],
    ['guard(mutex)(owner);', /is not in the subset|neither defined/],
    ['result = unheard;', /'unheard' is declared nowhere/],
    ['result = reslt;', /'reslt' is declared nowhere; did you mean 'result'\?/],
    ['goto nowhere;', /there is no label 'nowhere'; known: flushed, leave/],
    ['break;', /a break outside of a loop/],
    ['int unset; if (unset) cond_resched();', /'unset' may be read before it is set/],
    ['spin_lock(guard, 1);', /spin_lock\(\) takes 1 argument, 2 are given/],
    ['handle_cow_pte_fault(fault);', /handle_cow_pte_fault\(\) calls itself; write it as a loop/],
    ['while (1) result = 0;', /a loop that touches nothing shared does not end/],
    ['set_pmd_at(owner, at, fault, cowed_entry);', /.*cowed_entry|set_pmd_at\(\) needs a pointer/],
    ['result = owner->total_vm;', /the model does not keep 'total_vm' of mm/],
    ['owner->total_vm = 1;', /a store to 'total_vm' of an object of the kernel/],
    ['if (at > 5) result = 1;', /'>' on an address and a number cannot be decided/],
    [
      'if (at == fault->address) result = 1;',
      /a comparison of addresses whose pages are not known; mask them/,
    ],
    ['if (test_bit(MMF_UNSTABLE, &owner->flags)) result = 1;', /'MMF_UNSTABLE' is declared nowhere/],
    ['pmd_t *other = (pmd_t *)at;', /a cast to a pointer/],
    [
      'if (IS_ENABLED(CONFIG_NO_SUCH)) result = 1;',
      /no value is known for 'CONFIG_NO_SUCH'; give --config CONFIG_NO_SUCH=y or =n/,
    ],
    ['again: result = 0; again: result = 1;', /the label 'again' stands twice/],
    ['from[0] = 1;', /an assignment to this expression|an array is not in the subset/],
  ];
  it.each(cases)('%s', async (line, said) => {
    const told = await refusal(put(line));
    expect(told).toMatch(said);
    expect(told).toMatch(/^break\.c:\d+ \(break\.c:\d+\): /);
  });

  it('names the line of the statement', async () => {
    expect(await refusal(put('frobnicate(owner);'))).toMatch(/^break\.c:35 \(break\.c:35\): /);
  });
  it('code that does not compile', async () => {
    expect(await refusal(put('result = = 1;'))).toMatch(
      /^break\.c:\d+ \(break\.c:\d+\): the text is not C here/,
    );
  });
  it('a counter that grows with every round', async () => {
    const counting = edited(ownBreak, '\tint result = 0;', '\tint result = 0, rounds = 0;');
    const text = edited(
      counting,
      at,
      `\twhile (!pmd_none(*where))\n\t\trounds += cow_pte_count(where);\n\tif (rounds == 3)\n\t\tgoto leave;\n${at}`,
    );
    expect(await refusal(text)).toMatch(/a number that grows with every round cannot be bounded/);
  });
  it('a text without the break', async () => {
    const found = await protocolOf('int f(void)\n{\n\treturn 0;\n}\n');
    expect(() => demandFunctions(found)).toThrow('the text does not define handle_cow_pte_fault()');
    const cut = await protocolOf(`${ownBreak.split('\n').slice(0, 20).join('\n')}\n`);
    expect(() => demandFunctions(cut)).toThrow('only a part of handle_cow_pte_fault() is in the text');
  });
  it('another number of parameters', async () => {
    expect(
      await refusal(
        edited(
          ownBreak,
          'handle_cow_pte_fault(struct vm_fault *fault)',
          'handle_cow_pte_fault(struct vm_fault *fault, int how)',
        ),
      ),
    ).toMatch(/takes 2 arguments; the callers of the model give 1/);
  });
});

describe('conditionals in the C', () => {
  it('are those of the configuration of the scenario, and of --config', async () => {
    const text = put('if (IS_ENABLED(CONFIG_DEBUG_VM)) mm_inc_nr_ptes(owner);');
    const with_ = (debugVm: boolean) => scenario(['A break-only', 'B break-only'], { debugVm });
    const { protocol } = await protocolOf(text);
    expect(violated(protocol, with_(true))).toContain('accounting');
    expect(violated(protocol, with_(false))).not.toContain('accounting');
    const symbol = edited(ownBreak, at, `#ifdef CONFIG_FROGS\n\tmm_inc_nr_ptes(owner);\n#endif\n${at}`);
    expect(violated((await protocolOf(symbol, 'break.c', { CONFIG_FROGS: 1 })).protocol, on)).toContain(
      'accounting',
    );
    expect(searched((await protocolOf(symbol, 'break.c', { CONFIG_FROGS: 0 })).protocol, on).states).toBe(
      1084,
    );
    await expect(protocolOf(symbol)).rejects.toMatchObject({ reason: 'unknown-symbol' });
  });
});
