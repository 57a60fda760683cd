import { type ListedLine, listing, type Sources } from '../listing.ts';
import type { ShownStep, ShownTrace } from '../unpack.ts';
import { cpuClass, cpuName } from './cpu.ts';
import { element } from './element.ts';

/** One window of source for each CPU, each following its own line. */
export class SourceWindows {
  readonly root = element('div', { class: 'sources' });
  private readonly windows: readonly {
    readonly head: HTMLElement;
    readonly body: HTMLElement;
    readonly root: HTMLElement;
  }[];
  private readonly trace: ShownTrace;
  private readonly sources: Sources;

  constructor(trace: ShownTrace, sources: Sources) {
    this.trace = trace;
    this.sources = sources;
    this.windows = trace.threads.map((thread, cpu) => {
      const name = `Source of ${cpuName(cpu)}, ${thread.id}`;
      const head = element('h3', {});
      const body = element('div', { class: 'code', role: 'region', tabindex: 0, 'aria-label': name });
      const root = element('section', { class: `source ${cpuClass(cpu)}`, 'aria-label': name }, head, body);
      root.hidden = !thread.part;
      this.root.append(root);
      return { head, body, root };
    });
  }

  /** Shows where each CPU stands after step n. */
  show(n: number): void {
    const now = this.trace.steps[n - 1];
    this.windows.forEach(({ head, body, root }, cpu) => {
      const last = this.trace.steps.findLast((step) => step.cpu === cpu && step.n <= n);
      root.classList.toggle('active', now?.cpu === cpu);
      head.replaceChildren(...this.heading(cpu, last));
      if (!last) {
        body.replaceChildren(element('p', {}, 'Not started yet.'));
        return;
      }
      body.replaceChildren(...listing(this.trace, this.sources, last).map(lineOf));
      const current = body.querySelector('.current');
      // Only this box is to scroll, never the page around it.
      if (current instanceof HTMLElement) body.scrollTop = current.offsetTop - body.clientHeight / 2 + 9;
    });
  }

  /** Who it is, where it stands, and what it remembers of what it has read. */
  private heading(cpu: number, last: ShownStep | undefined): readonly (HTMLElement | string)[] {
    const thread = this.trace.threads[cpu]!;
    const who = [element('span', { class: 'who' }, cpuName(cpu)), ` ${thread.id} ${thread.run}`];
    if (!last) return who;
    const locals = new Map<string, string>();
    for (const step of this.trace.steps) {
      if (step.n > last.n) break;
      if (step.cpu === cpu) for (const { name, after } of step.locals) locals.set(name, after);
    }
    const known = [...locals].filter(([, value]) => value !== 'none' && value !== '0');
    return [
      ...who,
      element('code', {}, `${last.file}:${last.line}`),
      element('span', { class: 'locals' }, known.map(([name, value]) => `${name}=${value}`).join('  ')),
    ];
  }
}

function lineOf({ line, text, kind }: ListedLine): HTMLElement {
  return element(
    'div',
    { class: `code-line ${kind}`, 'aria-current': kind === 'current' ? 'location' : null },
    element('span', { class: 'line-number' }, line === null ? '' : String(line)),
    element('span', { class: 'line-text' }, text),
  );
}
