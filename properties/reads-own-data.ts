import type { Property } from './property.ts';

export const readsOwnData: Property = {
  name: 'reads-own-data',
  claim: 'whoever reads memory for an mm finds its last write, or what fork gave it',
  source: { line: null, text: 'rule of the kernel: memory keeps what was written to it' },
  check: () => ({}),
  exercisedBy: [['gup-slow reads an entry', 'processor reads an entry', 'gup-fast returns a pin']],
};
