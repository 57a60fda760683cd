/** The text of a result or trace file: the same object gives the same bytes. */
export const jsonText = (value: object): string => `${JSON.stringify(value, null, 1)}\n`;
