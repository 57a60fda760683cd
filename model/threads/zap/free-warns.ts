/** What properties ask for: the warning in free_pmd_range() was evaluated. */
export const FREE_WARNS = 'free_pmd_range warning evaluated';
