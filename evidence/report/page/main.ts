import { type Address, claimAddress, readAddress, reviewAddress, traceAddress } from '../address.ts';
import { readSources } from '../listing.ts';
import type { PageData } from '../page-data.ts';
import { unpack } from '../unpack.ts';
import { element } from './element.ts';
import { drawOnce } from './graph-stage.ts';
import { helpDialog } from './help.ts';
import { followKeys } from './keys.ts';
import { navigation } from './navigation.ts';
import { Stepper } from './stepper.ts';
import { themeButton } from './theme.ts';
import { enliven } from './verdict-tables.ts';

const data = JSON.parse(document.getElementById('data')!.textContent) as PageData;
const sources = readSources(data.sources);
const verdicts = document.getElementById('verdicts')!;
const review = document.getElementById('review');
const stage = document.getElementById('stepper')!;
const graphs = [...document.querySelectorAll<HTMLElement>('section.graph')];
let open: { readonly id: string; readonly stepper: Stepper } | null = null;

const title = document.title;
const help = helpDialog();
const showHelp = (): void => help.showModal();
const places = navigation(data, graphs, review !== null);
document.documentElement.classList.add('scripted');
document.getElementById('places')!.append(...places.elements);
const helpButton = element('button', { type: 'button', title: 'Keys' }, '?');
helpButton.setAttribute('aria-label', 'Help: keys');
helpButton.addEventListener('click', showHelp);
document.getElementById('tools')!.append(themeButton(), helpButton);
document.body.append(help);
enliven(verdicts);
followKeys(() => open?.stepper ?? null, showHelp);
addEventListener('hashchange', () => show(readAddress(location.hash)));
show(readAddress(location.hash));

/** Shows one page and hides the others. An address that leads nowhere leads to the verdicts. */
function show(address: Address): void {
  const trace = address.page === 'trace' ? traceOf(address.id) : undefined;
  const graph = address.page === 'graph' ? graphs.find((g) => g.id === `graph=${address.id}`) : undefined;
  const reviewing = review !== null && address.page === 'review';
  verdicts.hidden = trace !== undefined || graph !== undefined || reviewing;
  if (review) review.hidden = !reviewing;
  stage.hidden = trace === undefined;
  for (const section of graphs) section.hidden = section !== graph;
  for (const article of document.querySelectorAll('.text-trace')) {
    article.classList.remove('open');
    article.classList.toggle('here', trace !== undefined && article.id === `trace=${trace.id}`);
  }
  document.documentElement.classList.toggle('tracing', trace !== undefined);
  document.documentElement.classList.toggle('reviewing', reviewing);
  if (trace === undefined) open = null;
  else {
    if (open?.id !== trace.id) {
      open = { id: trace.id, stepper: new Stepper(unpack(data, trace), sources) };
      stage.setAttribute('aria-label', `${trace.property} in ${trace.scenario}`);
      stage.replaceChildren(
        element('h1', { class: 'unseen' }, `${trace.property} in ${trace.scenario}`),
        open.stepper.root,
      );
    }
    open.stepper.go(address.page === 'trace' ? address.step : null);
  }
  if (graph) drawOnce(graph, data.graphs);
  // It was hidden when the browser looked for it.
  if (reviewing) (claimOf(address.claim) ?? review).scrollIntoView();
  places.mark(trace ? traceAddress(trace.id) : graph ? `#${graph.id}` : reviewing ? reviewAddress : '#');
  document.title = trace ? `${trace.property} in ${trace.scenario} - cowpte` : title;
}

function claimOf(id: string | null): HTMLElement | null {
  return id === null ? null : document.getElementById(claimAddress(id).slice(1));
}

function traceOf(id: string | null): PageData['traces'][number] | undefined {
  const wanted = id ?? open?.id ?? data.traces[0]?.id;
  return data.traces.find((trace) => trace.id === wanted);
}
