// What a format or a reader could choke on: control characters, separators of lines, non-characters, halves of surrogate pairs, and
// what turns the order round in which a text is read.
const unfit = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029\ufffe\uffff]/gu;

/**
 * A text in which what no format could carry is written out as `\u` and four digits. Line ends stay where `keepLines` is given.
 */
export const visible = (text: string, keepLines = false): string =>
  text.replace(unfit, (c) =>
    keepLines && c === '\n' ? c : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Text as the content or the attribute of an XML element. */
export const xml = (text: string): string =>
  visible(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
