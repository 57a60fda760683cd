/**
 * Text of a stranger as it may stand in a layout: printable ASCII on one line. Everything else becomes '?', so that no name
 * can move the cursor, colour the terminal or break a column; what is longer than `most` is cut.
 */
export function ascii(text: string, most = 200): string {
  const cut = text.length > most ? `${text.slice(0, most - 3)}...` : text;
  return cut.replace(/\s+/g, ' ').replace(/[^\x20-\x7e]/g, '?');
}
