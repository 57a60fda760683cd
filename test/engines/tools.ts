import { missingPrograms } from '../../engines/external.ts';

/** What the tests of an engine are called where its programs are not here: the reason is to be read in every report. */
export function tools(...programs: readonly string[]): { readonly skip: boolean; readonly title: string } {
  const missing = missingPrograms([...programs, 'gcc']);
  if (missing !== null) console.warn(`test/engines: skipped, ${missing}`);
  return { skip: missing !== null, title: missing === null ? '' : ` (skipped: ${missing})` };
}
