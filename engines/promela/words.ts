/**
 * Names that a model cannot have: the words of Promela (SPIN 6.5.2, man pages of the language at spinroot.com/spin/Man/promela.html)
 * and those of C, because variables become members of a C struct in the generated verifier.
 */
export const reserved: readonly string[] = [
  ...'active assert atomic bit bool break byte c_code c_decl c_expr c_state c_track chan d_step do else empty'.split(
    ' ',
  ),
  ...'enabled eval false fi for full get_priority goto hidden if in init inline int len ltl mtype nempty'.split(
    ' ',
  ),
  ...'never nfull np_ od of pc_value pid printf printm priority proctype provided return run select'.split(
    ' ',
  ),
  ...'set_priority short show skip timeout trace notrace true typedef unless unsigned xr xs STDIN notrace'.split(
    ' ',
  ),
  ...'auto case char const continue default double enum extern float long register signed sizeof static'.split(
    ' ',
  ),
  ...'struct switch union void volatile while restrict asm linux unix now this'.split(' '),
  // Macros of the generated verifier.
  ...'II JJ PID uchar uint ulong now spin_assert'.split(' '),
];
