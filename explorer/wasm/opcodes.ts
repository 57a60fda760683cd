/** The instructions that are written (WebAssembly Core Specification 1.0, section 5.4). */
export const op = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  brTable: 0x0e,
  return: 0x0f,
  call: 0x10,
  callIndirect: 0x11,
  drop: 0x1a,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  load: 0x28,
  loadByte: 0x2d,
  store: 0x36,
  storeByte: 0x3a,
  const: 0x41,
  isZero: 0x45,
  countLeadingZeros: 0x67,
} as const;

/** The type of all values. */
export const I32 = 0x7f;
export const NOTHING = 0x40;

/** What a binary operator of the text is on 32-bit numbers. */
export const binaryOperators: Readonly<Record<string, number>> = {
  '===': 0x46,
  '!==': 0x47,
  '<': 0x48,
  '>': 0x4a,
  '<=': 0x4c,
  '>=': 0x4e,
  '+': 0x6a,
  '-': 0x6b,
  '*': 0x6c,
  '/': 0x6d,
  '%': 0x6f,
  '&': 0x71,
  '|': 0x72,
  '^': 0x73,
  '<<': 0x74,
  '>>': 0x75,
  '>>>': 0x76,
};

/** `>=` on unsigned numbers. */
export const AT_LEAST_UNSIGNED = 0x4f;
