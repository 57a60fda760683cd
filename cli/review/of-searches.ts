import { ascii } from '../../evidence/ascii.ts';
import type { ReviewPage } from '../../evidence/review/page.ts';
import { drawn } from '../report-context.ts';
import { version } from '../version.ts';
import { reviewPage } from './review-page.ts';
import type { Searched } from './searched.ts';
import type { Subject } from './subject.ts';

/** The review of a patch, from the searches that its claims asked for. */
export function reviewOfSearches(
  { patch, there, alignment, protocol, text, scenarios, notes }: Subject,
  config: readonly string[],
  searched: Searched,
): ReviewPage {
  return reviewPage({
    patches: [patch],
    there,
    alignment,
    judge: (asked, scenario, property) => searched.get(asked ?? protocol, scenario, property).result,
    basis: [
      `The comments of the patch that stand in version 5 word for word and promise something are restated and judged by cowpte ${version} in scenarios of its default suite, ${text ? 'on what the C of the patch says' : `on its protocol ${protocol} and not on the code of this patch`}, over every order of steps unless a verdict says otherwise. Lines count in the files as the patch leaves them.`,
      ...notes.map(sentence),
    ],
    draw: (result) => {
      const { whole } = searched.get(protocol, result.scenario, result.property);
      return drawn(protocol, scenarios, result, whole, config);
    },
  });
}

/** As the reader and the linter tell it on a line of their own. */
const sentence = (note: string): string => ascii(`${note.charAt(0).toUpperCase()}${note.slice(1)}.`, 600);
