import type { Property } from './property.ts';

export const warnSharedWritable: Property = {
  name: 'warn-shared-writable',
  claim: 'the warning at the end of __handle_mm_fault() never fires',
  source: { line: 5722, text: 'the warning itself, read by read' },
  check: () => ({}),
  exercisedBy: [['fault warning evaluated']],
};
