import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import { readPatch } from '../../review/read-patch.ts';
import { textProtocol } from '../../review/translate/text-protocol.ts';
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
  it('the parts of the series together: the references of patch 03, the break of patch 04', async () => {
    const names = ['v5-03-fork.mbox', 'v5-04-break.mbox', 'v5-05-zap.mbox'];
    const patches = await Promise.all(names.map((name) => readPatch(name, mailNamed(name))));
    const text = await textProtocol('series', patches);
    expect(verdicts(text.protocol, some[0]!)).toEqual(byHand('v5', some[0]!));
    expect(text.byHand).toContain('zap_pte_range');
    expect(text.byHand).toContain('copy_cow_pte_range');
  });
});
