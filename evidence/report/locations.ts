/** A location such as `slot[A:0]`: `slot`, then its indices. */
export interface Location {
  readonly name: string;
  readonly indices: readonly string[];
}

export function readLocation(text: string): Location {
  const match = /^([^[]*)\[(.*)\]$/.exec(text);
  return match ? { name: match[1]!, indices: match[2]!.split(':') } : { name: text, indices: [] };
}

/**
 * The parts of a value such as `table=T0 w=0`; a value without names is the part `only`. A part may contain blanks, as in
 * `page=new page of A/0 w=1`.
 */
export function readParts(value: string, only: string): Readonly<Record<string, string>> {
  const parts = value.split(/ (?=\w+=)/).map((part) => /^(\w+)=(.*)$/.exec(part));
  if (parts.some((part) => part === null)) return { [only]: value };
  return Object.fromEntries(parts.map((part) => [part![1]!, part![2]!]));
}
