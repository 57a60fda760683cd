const longest = 60;

/** Text of a stranger as it may stand inside a message: in quotes, printable ASCII, cut to a readable length. */
export function quoted(text: string): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}...` : text;
  const shown = cut.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `'${shown}'`;
}
