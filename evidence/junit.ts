import { createRequire } from 'node:module';
import type { Builder } from 'junit-report-builder';
import { count, type ShownVerdict } from './verdicts.ts';

// Its declarations speak of a default export that the CommonJS module, which Node loads, does not have. It is large, and read only
// where a report is wanted.
const loadBuilder = (): Builder => createRequire(import.meta.url)('junit-report-builder') as Builder;

/** The verdicts of one scenario. */
export interface JUnitSuite {
  readonly scenario: string;
  readonly protocol: string;
  readonly seconds: number;
  readonly cases: readonly JUnitCase[];
}

export interface JUnitCase {
  readonly verdict: ShownVerdict;
  /** The drawing of the run that violates it, and what was needed and found; null unless it is violated. */
  readonly failure: { readonly message: string; readonly text: string } | null;
}

/**
 * A JUnit report: a suite for each scenario, a case for each property. Violated is a failure with the run as its text; what
 * is unknown or was not exercised is skipped, never passed, and the output of the case says why.
 */
export function junitText(suites: readonly JUnitSuite[]): string {
  const report = loadBuilder().newBuilder().name('cowpte');
  for (const { scenario, protocol, seconds, cases } of suites) {
    const suite = report.testSuite().name(xmlText(scenario)).time(seconds);
    suite.property('protocol', xmlText(protocol));
    for (const { verdict, failure } of cases) {
      const one = suite
        .testCase()
        .name(xmlText(verdict.property))
        .className(xmlText(`${protocol}.${scenario}`));
      const extent = `${count(verdict.states, 'state')}, ${count(verdict.transitions, 'transition')}, depth ${verdict.depth}`;
      if (failure) one.failure(xmlText(failure.message), 'violated').stacktrace(cdata(failure.text));
      else if (verdict.verdict !== 'holds' || !verdict.exhaustive) {
        one
          .skipped()
          .standardOutput(
            `unknown: the search ended early (${verdict.reason ?? 'no reason given'}); ${extent}`,
          );
      } else if (!verdict.exercised) {
        one.skipped().standardOutput(`holds (not exercised): no step could have broken it; ${extent}`);
      } else one.standardOutput(`holds: exhaustive, ${extent}`);
    }
  }
  return `${report.build()}\n`;
}

/**
 * Text without what XML 1.0 does not allow (most control characters, halves of pairs, two non-characters), and without what it
 * allows and a terminal may obey.
 */
const xmlText = (text: string): string =>
  text.replace(
    /[^\t\n\r\u0020-\u007e\u00a0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu,
    '?',
  );

/** The end mark of a CDATA section cannot stand inside one. */
const cdata = (text: string): string => xmlText(text).replaceAll(']]>', ']] >');
