import { quoted } from '../../model/scenarios/quoted.ts';
import { didYouMean } from '../../model/scenarios/suggestion.ts';
import { Findings } from '../lint/finding.ts';
import { PatchError } from '../patch-error.ts';
import type { At } from '../syntax/tree.ts';
import type { Code } from './code/code.ts';
import { lower } from './code/lower.ts';
import type { Program } from './program.ts';

/** The functions of a program as instructions, each made when it is first needed. */
export class Codes {
  readonly program: Program;
  /** Mistakes that the translation came upon. */
  readonly findings = new Findings();
  readonly #codes = new Map<string, Code>();

  constructor(program: Program) {
    this.program = program;
  }

  named(name: string): Code {
    const known = this.#codes.get(name);
    if (known) return known;
    const tree = this.program.functions.get(name);
    const partly = this.program.partial.get(name);
    if (partly && !tree) {
      const code = partly.lower(this.program);
      this.#codes.set(name, code);
      return code;
    }
    if (!tree) {
      const near = didYouMean(name, [...this.program.functions.keys()]);
      const what = `the text does not define ${quoted(`${name}()`)}`;
      throw new PatchError(
        'missing-function',
        { name: this.program.name },
        what,
        near || 'give the patch that adds it',
      );
    }
    const code = lower(this.program, tree);
    this.#codes.set(name, code);
    return code;
  }

  /** The line of the comment that speaks of a statement; null if there is none. */
  commentAt(at: At): number | null {
    return this.program.commentAt(at);
  }
}
