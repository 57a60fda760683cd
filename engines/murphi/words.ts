/** Names that a model cannot have: the words of Murphi as rumur reads them (rumur's lexer). */
export const reserved: readonly string[] = [
  ...'alias array assert assume begin boolean by case clear const cover do else elsif end endalias endexists'.split(
    ' ',
  ),
  ...'endfor endforall endfunction endif endprocedure endrecord endrule endruleset endstartstate endswitch'.split(
    ' ',
  ),
  ...'endwhile enum error exists false for forall function if in interleaved invariant isundefined ismember'.split(
    ' ',
  ),
  ...'liveness multiset multisetadd multisetcount multisetremove multisetremovepred of procedure process program'.split(
    ' ',
  ),
  ...'put real record return rule ruleset scalarset startstate switch then to traceuntil true type undefine'.split(
    ' ',
  ),
  ...'undefined union var while not and or cast end int main'.split(' '),
];
