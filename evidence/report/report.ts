import { reviewSection } from '../review/html-section.ts';
import { traceName } from '../review/page.ts';
import { traceAddress } from './address.ts';
import type { Assets } from './assets.ts';
import { html, scriptJson, visible } from './escape.ts';
import { graphSections, packGraph } from './graph-page.ts';
import type { ReportInput } from './input.ts';
import { judgedProperties, traceId } from './judged.ts';
import { Packing } from './pack.ts';
import type { PageData } from './page-data.ts';
import { policy } from './policy.ts';
import { packSources } from './sources.ts';
import { textTraces } from './text-traces.ts';
import { verdictPage } from './verdict-page.ts';

/**
 * The report: one HTML text that needs no other file and no network. `drawings` holds an SVG for each graph that is small enough
 * for one, by id.
 */
export function reportHtml(
  input: ReportInput,
  assets: Assets,
  drawings: ReadonlyMap<string, string> = new Map(),
): string {
  const data = pageData(input, drawings);
  const scripts = [...(data.graphs.length > 0 ? [assets.layered] : []), assets.script];
  const shortest = new Set(
    judgedProperties(input.results).flatMap(({ worst: [first] }) => (first ? [first] : [])),
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(scripts, [assets.style])}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${html(visible(input.protocol))}: verdicts - cowpte</title>
<style>${assets.style}</style>
</head>
<body>
<header id="top"><a class="name" href="#">cowpte</a><nav id="places" aria-label="Pages"></nav><div id="tools"></div></header>
<svg class="marks" width="0" height="0" aria-hidden="true"><defs><marker id="arrow-head" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs></svg>
<main>
${verdictPage(input)}
<section id="stepper" hidden></section>
${review(input)}
${graphSections(input.graphs, drawings)}
${textTraces(input.results, shortest)}
</main>
<script type="application/json" id="data">${scriptJson(data)}</script>
${scripts.map((script) => `<script>${script}</script>`).join('\n')}
</body>
</html>
`;
}

/** The review, from whose runs a link leads to the stepper. */
function review({ review: page, results }: ReportInput): string {
  const found = results.filter((r) => r.counterexample !== null);
  const addresses = new Map(found.map((r) => [traceName(r), traceAddress(traceId(r))]));
  return page === null ? '' : reviewSection(page, addresses);
}

function pageData(input: ReportInput, drawings: ReadonlyMap<string, string>): PageData {
  const packing = new Packing();
  const found = input.results.filter((r) => r.counterexample !== null);
  const traces = found.map((r) => {
    const trace = packing.trace(traceId(r), r.counterexample!, input.claims[r.property] ?? '');
    return { ...trace, property: visible(r.property), scenario: visible(r.scenario) };
  });
  const steps = found.flatMap((r) => r.counterexample!.told.trace.steps);
  return {
    strings: packing.strings,
    places: packing.places,
    traces,
    sources: input.source === null ? [] : packSources(steps, input.source),
    graphs: input.graphs.filter((g) => !drawings.has(g.id)).map(packGraph),
  };
}
