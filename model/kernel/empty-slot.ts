import { type Effect, violate } from '../language/effect.ts';

/** pmd_page() of an empty value: the thread dies here, with all that it holds. */
export const derefEmptySlot = (by: string): Effect =>
  violate(
    'no-empty-slot-deref',
    'a slot that is not empty where pmd_page() is applied to it',
    `${by}() on an empty slot`,
  );

/** An address of entries that was computed from an empty slot is used. */
export const useEmptyAddress = (): Effect =>
  violate(
    'no-empty-slot-deref',
    'an address of entries that comes from a table',
    'an address computed from an empty slot is used',
  );
