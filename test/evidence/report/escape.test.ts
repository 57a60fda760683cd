import fc from 'fast-check';
import { expect, test } from 'vitest';
import { html, scriptJson, verbatim, visible } from '../../../evidence/report/escape.ts';

const anyText = fc.string({ unit: 'binary' });

test('markup is text', () => {
  expect(html(`</script><b a="1" b='2'>&amp;`)).toBe(
    '&lt;/script&gt;&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;amp;',
  );
});

test('JSON in a script element reads back and cannot end it', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const json = scriptJson({ [text]: [text] });
      expect(json).not.toMatch(/[<>&\u2028\u2029]/);
      expect(JSON.parse(json)).toEqual({ [text]: [text] });
    }),
  );
  expect(scriptJson('</script><!--\u2028')).toBe('"\\u003c/script\\u003e\\u003c!--\\u2028"');
});

test('lines stand as they are, but for what cannot be seen', () => {
  expect(verbatim('+\tif (a)\n+\t  /* \u00e9 */')).toBe('+\tif (a)\n+\t  /* \u00e9 */');
  expect(verbatim('a\u0000b\u202ec\r\u2028d\ud800')).toBe('a\ufffdb\ufffdc\ufffd\ufffdd\ufffd');
});

test('what cannot be seen is made visible, what is too long is cut', () => {
  expect(visible('a\u0000b\u202ec\u001bd')).toBe('a\ufffdb\ufffdc\ufffdd');
  expect(visible('  two\n\tlines ')).toBe('two lines');
  expect(visible(`${'x'.repeat(20)}y`, 10)).toBe('xxxxxxx...');
  fc.assert(fc.property(anyText, (text) => !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(visible(text))));
});
