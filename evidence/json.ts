/** What a terminal may obey, and JSON lets stand: DEL, the C1 controls, separators of lines, marks that turn the direction. */
const obeyed = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

const escaped = (json: string): string =>
  json.replace(obeyed, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The text of a result or trace file: the same object gives the same bytes. No name in it can write to a terminal. */
export const jsonText = (value: object): string => `${escaped(JSON.stringify(value, null, 1))}\n`;

/** The same on one line, for what would be twice as long with indentation. */
export const jsonLine = (value: object): string => `${escaped(JSON.stringify(value))}\n`;
