import { reviewAddress, traceAddress } from '../address.ts';
import type { PageData } from '../page-data.ts';
import { element } from './element.ts';

/** The ways to the other pages. */
export interface Navigation {
  readonly elements: readonly HTMLElement[];
  /** Says where the reader is. */
  readonly mark: (address: string) => void;
}

export function navigation(data: PageData, graphs: readonly HTMLElement[], reviewed: boolean): Navigation {
  const links = [
    element('a', { href: '#' }, 'Verdicts'),
    ...(reviewed ? [element('a', { href: reviewAddress }, 'Review')] : []),
  ];
  const traces = choice(
    'Trace',
    data.traces.map((t) => [traceAddress(t.id), `${t.property}: ${t.scenario} (${t.steps.length} steps)`]),
  );
  const drawings = choice(
    'Graph',
    graphs.map((g) => [`#${g.id}`, g.querySelector('h1')?.textContent ?? '']),
  );
  const choices = [traces, drawings].filter((made) => made.select.options.length > 1);
  return {
    elements: [...links, ...choices.map((made) => made.label)],
    mark: (address) => {
      for (const link of links) {
        if (link.getAttribute('href') === address) link.setAttribute('aria-current', 'page');
        else link.removeAttribute('aria-current');
      }
      for (const { select } of choices) {
        select.value = address;
        if (select.selectedIndex < 0) select.value = '';
      }
    },
  };
}

function choice(
  name: string,
  options: readonly (readonly [address: string, text: string])[],
): { readonly label: HTMLElement; readonly select: HTMLSelectElement } {
  const made = options.map(([address, text]) => element('option', { value: address }, text));
  const select = element('select', {}, element('option', { value: '' }, 'none chosen'), ...made);
  select.addEventListener('change', () => {
    location.hash = select.value;
  });
  return { label: element('label', {}, `${name} `, select), select };
}
