import { jsonText } from '../json.ts';
import type { ReviewPage } from './page.ts';

/** The review for programs. Byte-identical from run to run. */
export function reviewJson({ title, basis, comments, gone, statements }: ReviewPage, tool: string): string {
  return jsonText({ schema: 'cowpte.review/1', tool, title, basis, comments, gone, statements });
}
