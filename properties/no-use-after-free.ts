import type { Property } from './property.ts';

export const noUseAfterFree: Property = {
  name: 'no-use-after-free',
  claim:
    'no lock, unlock, count or entry access touches a freed table, and no table is freed while its lock is held',
  source: { line: 5281, text: 'the table is protected until all operations on it are done' },
  check: () => ({}),
  exercisedBy: [['table freed'], ['pte lock taken', 'fault warning evaluated', 'gup-fast reads an entry']],
  byAnother: true,
};
