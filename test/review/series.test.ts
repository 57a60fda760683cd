import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import { readPatch } from '../../review/read-patch.ts';
import { type TextProtocol, textProtocol } from '../../review/translate/text-protocol.ts';
import { ownBreak } from './own-break.ts';
import { mailNamed, mails, whyMails } from './reading.ts';
import {
  handWritten,
  protocolOf,
  scenario,
  scenarioNamed,
  searched,
  verdicts,
  warningsOf,
} from './searched.ts';

type Verdicts = ReturnType<typeof verdicts>;

/** Scenarios of the default suite, one or more of each kind, that are searched in a moment. */
const some = [
  'one write-fault in each of A and B',
  'one write-fault in each of A and B, without CONFIG_DEBUG_VM',
  'one write-fault in each of A and B, without split PTE locks',
  'one write-fault in A beside the exit of B',
  'a file read fault beside a write-fault in B',
  'swapoff in A beside a write-fault in B, allocations may fail',
  'the fork of A, then write-faults in A and C',
  'a reverse-map break in A beside the exit of A',
  'a reverse-map break in A, allocations may fail',
  'break-range over two slots of A',
  'mremap of one entry in A into a shared neighbour',
].map(scenarioNamed);

const known = new Map<string, Verdicts>();
/** The verdicts of a hand-written protocol, searched once. */
function byHand(name: string, on: Scenario): Verdicts {
  const key = `${name} ${on.name}`;
  const found = known.get(key) ?? verdicts(handWritten(name), on);
  known.set(key, found);
  return found;
}

describe('a text and the hand-written model give every property the same verdict', () => {
  it.each(some.map((on) => [on.name, on] as const))('a break of our own: %s', async (_, on) => {
    const { protocol } = await protocolOf(ownBreak);
    expect(verdicts(protocol, on)).toEqual(byHand('v5', on));
  });
});

describe.skipIf(mails.length === 0)(`the mails of the series${whyMails}`, () => {
  const texts = [
    ['v5', 'cow-pte-v5-04.txt'],
    ['v5', 'v5-04-break.mbox'],
    ['v4', 'v4-03-break.mbox'],
  ] as const;
  it.each(texts)('%s: %s', async (version, mail) => {
    const { protocol } = await protocolOf(mailNamed(mail), mail);
    for (const on of some) expect([on.name, verdicts(protocol, on)]).toEqual([on.name, byHand(version, on)]);
  });
  it('v5 has the same states where nothing but dead locals is left out', async () => {
    for (const mail of ['cow-pte-v5-04.txt', 'v5-04-break.mbox']) {
      const { protocol } = await protocolOf(mailNamed(mail), mail);
      for (const on of some.slice(0, 2)) {
        expect(searched(protocol, on).states).toBe(searched(handWritten('v5'), on).states);
      }
    }
  });
  it('v4 has the same states but where it wipes a new table: there the C reads each entry three times', async () => {
    const { protocol } = await protocolOf(mailNamed('v4-03-break.mbox'), 'v4.mbox');
    const states = (runs: readonly string[]) =>
      [protocol, handWritten('v4')].map((one) => searched(one, scenario(runs)).states);
    expect(states(['A break-only'])).toEqual([23, 23]);
    expect(states(['A break-only', 'A break-only'])).toEqual([737, 737]);
    expect(states(['A break-only', 'B break-only'])).toEqual([2318, 2270]);
  });
  it('v5: what the lint says', async () => {
    const on = some[0]!;
    expect(warningsOf(await protocolOf(mailNamed('v5-04-break.mbox'), 'v5.mbox'), on)).toEqual([
      'v5.mbox:252 (mm/memory.c:5344): VM_WARN_ON() drops its argument without CONFIG_DEBUG_VM, and with it what pmd_put_pte() does [effect-in-warning]',
    ]);
    expect(warningsOf(await protocolOf(mailNamed('v4-03-break.mbox'), 'v4.mbox'), on)).toEqual([]);
  });
  const parts = ['v5-03-fork.mbox', 'v5-04-break.mbox', 'v5-05-zap.mbox', 'v5-06-rmap.mbox'];
  const series = async (numbers: readonly string[]): Promise<TextProtocol> => {
    const names = parts.filter((name) => numbers.some((number) => name.startsWith(`v5-${number}`)));
    const patches = await Promise.all(names.map((name) => readPatch(name, mailNamed(name))));
    return textProtocol(names.join(','), patches);
  };
  const ctor = 'pgtable_pte_page_ctor';
  const copies = ['copy_nonpresent_pte', 'copy_pte_range'];
  const bad = ['pmd_none_or_trans_huge_or_clear_bad'];
  const stays = [ctor, ...copies, ...bad];
  const walkers = [
    'remove_migration_pte',
    'page_mkclean_one',
    'try_to_unmap_one',
    'try_to_migrate_one',
    'page_make_device_exclusive_one',
  ];
  const forks = [
    'the fork of A, then the exit of C, one allocation may fail',
    'the fork of A beside a write-fault of A and GUP-fast',
    'a cut vma, a fork and the exit of A, allocations may fail',
  ];
  const zaps = [
    'one write-fault in A beside the exit of B',
    'the exits of A and B, without split PTE locks',
    'MADV_DONTNEED of one entry with a second slot',
    'munmap of one entry in A, one allocation may fail',
    'truncation in A beside the exit of A',
  ];
  const walks = ['a reverse-map break in A, allocations may fail'];
  it.each([
    [['03', '04'], stays, forks.slice(0, 1)],
    [['04', '05'], bad, zaps],
    [['03', '04', '05'], stays, [...forks, ...zaps]],
    [['04', '06'], [...bad, ...walkers], walks],
  ])('the parts %j of the series together', async (numbers, names, scenarios) => {
    const text = await series(numbers);
    expect(text.byHand).toEqual(names);
    expect(text.kept).toEqual([]);
    for (const on of scenarios.map(scenarioNamed))
      expect([on.name, verdicts(text.protocol, on)]).toEqual([on.name, byHand('v5', on)]);
  });
  it('fork has the same states; zap reads the slot once more for a debugging option', async () => {
    const { protocol } = await series(['03', '04', '05']);
    const states = (name: string) =>
      [protocol, handWritten('v5')].map((one) => searched(one, scenarioNamed(name)).states);
    expect(states('the fork of A beside a write-fault of A and GUP-fast')).toEqual([4521, 4521]);
    expect(states('a cut vma, a fork and the exit of A, allocations may fail')).toEqual([1513, 1513]);
    expect(states('munmap of one entry in A, one allocation may fail')).toEqual([117, 117]);
    expect(states('one write-fault in A beside the exit of B')).toEqual([3123, 3093]);
  });
});
