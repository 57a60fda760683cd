import { placeText } from '../patch-error.ts';
import type { At } from '../syntax/tree.ts';

/** Something in the text that is a mistake or looks like one, found without a search. */
export interface Finding {
  readonly rule:
    | 'lock-not-held'
    | 'lock-held-at-return'
    | 'sleep-under-lock'
    | 'effect-in-warning'
    | 'unused-label'
    | 'unjudged-warning';
  readonly at: At;
  readonly what: string;
}

/** A finding in one line. */
export const findingText = (name: string, { at, what, rule }: Finding): string =>
  `${placeText({ name: at.patch ?? name, mailLine: at.mailLine, file: at.file, fileLine: at.fileLine })}: ${what} [${rule}]`;

/** Findings of which each is said once, in the order of the text. */
export class Findings {
  readonly #found = new Map<string, Finding>();

  add(finding: Finding): void {
    this.#found.set(`${finding.rule} ${finding.at.file} ${finding.at.fileLine}`, finding);
  }

  get all(): readonly Finding[] {
    return [...this.#found.values()].sort(
      (a, b) => a.at.mailLine - b.at.mailLine || (a.rule < b.rule ? -1 : 1),
    );
  }
}
