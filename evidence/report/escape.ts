const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand between tags and inside quoted attributes. */
export const html = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign]!);

/**
 * A stranger's text on one line of a page: control characters, characters that turn the direction of the text and halves of
 * characters are replaced by U+FFFD, what is longer than `most` is cut.
 */
export function visible(text: string, most = 200): string {
  const cut = text.length > most ? `${text.slice(0, most - 3)}...` : text;
  return cut
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, '\ufffd')
    .trim();
}

/** A stranger's lines as they stand, blanks and tabs included; what `visible` replaces is replaced. */
export const verbatim = (lines: string): string => lines.replace(/[^\P{C}\t\n]|[\p{Zl}\p{Zp}]/gu, '\ufffd');

/** JSON for a script element: nothing in it can end the element or open a comment, whoever wrote the strings. */
export const scriptJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
