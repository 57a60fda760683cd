/** Where a piece of C stands. */
export interface At {
  readonly file: string;
  readonly fileLine: number;
  readonly mailLine: number;
  /** The patch adds the line. */
  readonly added: boolean;
  /** The name of the patch that was given; left out where there is only one. */
  readonly patch?: string;
}

/** Expressions of the C that is understood; anything else is kept as 'refused', with its name, and is an error only if it is needed. */
export type Expr =
  /** `suffix`: 'u', 'l' or 'ul'. */
  | { readonly k: 'number'; readonly value: number; readonly suffix?: string; readonly at: At }
  | { readonly k: 'name'; readonly name: string; readonly at: At }
  | { readonly k: 'text'; readonly at: At }
  | { readonly k: 'call'; readonly name: string; readonly args: readonly Expr[]; readonly at: At }
  | { readonly k: 'unary'; readonly op: '!' | '-' | '~' | '+' | '&' | '*'; readonly a: Expr; readonly at: At }
  | { readonly k: 'update'; readonly by: 1 | -1; readonly prefix: boolean; readonly a: Expr; readonly at: At }
  | { readonly k: 'binary'; readonly op: string; readonly a: Expr; readonly b: Expr; readonly at: At }
  | { readonly k: 'assign'; readonly op: string; readonly to: Expr; readonly value: Expr; readonly at: At }
  | {
      readonly k: 'conditional';
      readonly test: Expr;
      readonly then: Expr;
      readonly otherwise: Expr;
      readonly at: At;
    }
  | { readonly k: 'comma'; readonly a: Expr; readonly b: Expr; readonly at: At }
  | {
      readonly k: 'member';
      readonly of: Expr;
      readonly arrow: boolean;
      readonly name: string;
      readonly at: At;
    }
  | { readonly k: 'cast'; readonly type: string; readonly a: Expr; readonly at: At }
  | {
      readonly k: 'fields';
      readonly fields: readonly { readonly name: string; readonly value: Expr }[];
      readonly at: At;
    }
  | { readonly k: 'refused'; readonly what: string; readonly at: At };

/** What a declaration declares: `pmd_t *pmd` is type 'pmd_t' with one star. */
export interface Declared {
  readonly name: string;
  readonly type: string;
  readonly stars: number;
  readonly value: Expr | null;
  readonly at: At;
  /** It is a vector of rss counters, `int rss[NR_MM_COUNTERS]`. Default: false. */
  readonly isRss?: boolean;
}

export type Stmt =
  | { readonly k: 'expression'; readonly value: Expr; readonly at: At }
  | { readonly k: 'declaration'; readonly declared: readonly Declared[]; readonly at: At }
  | { readonly k: 'block'; readonly body: readonly Stmt[]; readonly at: At }
  | {
      readonly k: 'if';
      readonly test: Expr;
      readonly then: Stmt;
      readonly otherwise: Stmt | null;
      readonly at: At;
    }
  | { readonly k: 'while'; readonly test: Expr; readonly body: Stmt; readonly at: At }
  | { readonly k: 'do'; readonly test: Expr; readonly body: Stmt; readonly at: At }
  | {
      readonly k: 'for';
      readonly first: Stmt | null;
      readonly test: Expr | null;
      readonly step: Expr | null;
      readonly body: Stmt;
      readonly at: At;
    }
  /** A loop that a macro makes, such as `for_each_vma_range(vmi, vma, end)`. */
  | {
      readonly k: 'iterate';
      readonly macro: string;
      readonly args: readonly Expr[];
      readonly body: Stmt;
      readonly at: At;
    }
  | { readonly k: 'goto'; readonly label: string; readonly at: At }
  | { readonly k: 'label'; readonly name: string; readonly body: Stmt | null; readonly at: At }
  | { readonly k: 'break' | 'continue' | 'empty'; readonly at: At }
  | { readonly k: 'return'; readonly value: Expr | null; readonly at: At }
  | { readonly k: 'refused'; readonly what: string; readonly at: At };

/** A function with its body. */
export interface FunctionTree {
  readonly name: string;
  /** Its return type, with a star for each level of pointer. */
  readonly type: string;
  readonly parameters: readonly Declared[];
  readonly body: Stmt & { readonly k: 'block' };
  readonly at: At;
}
