import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assemble } from '../../checking/assemble.ts';
import { symbolsWith } from '../../review/conditionals/symbols.ts';
import { PatchError } from '../../review/patch-error.ts';
import { readPatch } from '../../review/read-patch.ts';
import { unitsOf } from '../../review/units/units-of.ts';
import { ownBreak } from './own-break.ts';
import { archiveCopy, attachedMail, base64Mail, ownMail, quotedPrintableMail } from './own-patch.ts';
import { protocolOf, scenario } from './searched.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const forms = [ownMail, archiveCopy(ownMail), attachedMail, base64Mail, quotedPrintableMail].map(encode);
const symbols = symbolsWith({ CONFIG_POND_FROGS: 1 });

/** A few bytes of a text replaced, taken out or put in. */
const mutation = fc.record({
  form: fc.nat(forms.length - 1),
  edits: fc.array(fc.tuple(fc.nat(1_000_000), fc.nat(255), fc.constantFrom('set', 'drop', 'add')), {
    minLength: 1,
    maxLength: 4,
  }),
});

it('10,000 random mutations end with an answer or with an error that has a code', {
  timeout: 120_000,
}, async () => {
  let errors = 0;
  await fc.assert(
    fc.asyncProperty(mutation, async ({ form, edits }) => {
      const bytes = [...(forms[form] as Uint8Array)];
      for (const [at, byte, kind] of edits) {
        const i = at % bytes.length;
        bytes.splice(i, kind === 'add' ? 0 : 1, ...(kind === 'drop' ? [] : [byte]));
      }
      try {
        unitsOf(await readPatch('x.mbox', new Uint8Array(bytes)), symbols);
      } catch (error) {
        if (!(error instanceof PatchError)) throw error;
        errors++;
        expect(error.reason).not.toBe('');
        expect(error.hint).not.toBe('');
      }
    }),
    { numRuns: 10_000, seed: 20_230_414 },
  );
  expect(errors).toBeGreaterThan(1000);
});

/** Words of the C exchanged for others of it, and lines taken out or moved. */
const words = ownBreak.match(/\w+|\s+|[^\w\s]+/g) as string[];
const edit = fc.tuple(
  fc.nat(words.length - 1),
  fc.nat(words.length - 1),
  fc.constantFrom('put', 'exchange', 'drop'),
);

it('300 random edits of the C are translated, or refused with a code', { timeout: 120_000 }, async () => {
  const on = scenario(['A break-range', 'B break-only'], { slots: 2 });
  const ends = { translated: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
      const text = [...words];
      for (const [a, b, kind] of edits) {
        if (kind === 'exchange') [text[a], text[b]] = [text[b] as string, text[a] as string];
        else text[a] = kind === 'put' ? (text[b] as string) : '';
      }
      try {
        assemble(on, (await protocolOf(text.join(''))).protocol, []);
        ends.translated++;
      } catch (error) {
        if (!(error instanceof PatchError)) throw error;
        ends.refused++;
      }
    }),
    { numRuns: 300, seed: 5 },
  );
  expect(ends.translated).toBeGreaterThan(30);
  expect(ends.refused).toBeGreaterThan(100);
});
