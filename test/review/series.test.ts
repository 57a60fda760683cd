import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import { ownBreak } from './own-break.ts';
import { mailNamed, mails, whyMails } from './reading.ts';
import { handWritten, protocolOf, scenarioNamed, searched, verdicts, warningsOf } from './searched.ts';

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
  it('v5: what the lint says', async () => {
    const on = some[0]!;
    expect(warningsOf(await protocolOf(mailNamed('v5-04-break.mbox'), 'v5.mbox'), on)).toEqual([
      'break.c:252 (mm/memory.c:5344): VM_WARN_ON() drops its argument without CONFIG_DEBUG_VM, and with it what pmd_put_pte() does [effect-in-warning]',
    ]);
    expect(warningsOf(await protocolOf(mailNamed('v4-03-break.mbox'), 'v4.mbox'), on)).toEqual([]);
  });
});
