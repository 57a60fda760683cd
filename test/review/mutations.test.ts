import fc from 'fast-check';
import { expect, it } from 'vitest';
import { symbolsWith } from '../../review/conditionals/symbols.ts';
import { PatchError } from '../../review/patch-error.ts';
import { readPatch } from '../../review/read-patch.ts';
import { unitsOf } from '../../review/units/units-of.ts';
import { archiveCopy, attachedMail, base64Mail, ownMail, quotedPrintableMail } from './own-patch.ts';

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
