import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonLine, jsonText } from '../../evidence/json.ts';

test('whatever the text: it comes back, and a terminal has nothing to obey', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\u009b2J', '\u007f', '\u202e', '\u001b[2J'),
  );
  fc.assert(
    fc.property(text, text, (key, value) => {
      for (const made of [jsonText({ [key]: [value] }), jsonLine({ [key]: [value] })]) {
        expect(made).toMatch(/^[\n\x20-\x7e\u00a0-\u2027\u202f-\u2065\u206a-\uffff]*$/);
        expect(JSON.parse(made)).toEqual(JSON.parse(JSON.stringify({ [key]: [value] })));
      }
    }),
  );
});
