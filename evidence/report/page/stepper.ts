import { stepAddress } from '../address.ts';
import type { Sources } from '../listing.ts';
import type { ShownTrace } from '../unpack.ts';
import { cpuName } from './cpu.ts';
import { button, element } from './element.ts';
import type { Movements } from './keys.ts';
import { type Lanes, makeLanes } from './lanes.ts';
import { SourceWindows } from './source-windows.ts';
import { StateBoxes } from './state-boxes.ts';
import { valueList } from './value-list.ts';
import { stepBox, verdictBox } from './verdict-box.ts';

/** The page of one trace. */
export class Stepper implements Movements {
  readonly root: HTMLElement;
  private readonly trace: ShownTrace;
  private readonly boxes: StateBoxes;
  private readonly windows: SourceWindows;
  private readonly laneHost = element('div', {
    class: 'lane-host',
    tabindex: 0,
    role: 'region',
    'aria-label': 'Lanes',
  });
  private readonly state = element('div', {
    class: 'state-host',
    tabindex: 0,
    role: 'region',
    'aria-label': 'State',
  });
  private readonly beside = element('div', {
    class: 'beside',
    tabindex: 0,
    role: 'region',
    'aria-label': 'Property and step',
  });
  private readonly said = element('p', { class: 'position', 'aria-live': 'polite' });
  private readonly allButton: HTMLButtonElement;
  private readonly textButton: HTMLButtonElement;
  private readonly article: HTMLElement | null;
  private lanes: Lanes | null = null;
  private all = false;
  private n = 0;

  constructor(trace: ShownTrace, sources: Sources) {
    this.trace = trace;
    this.boxes = new StateBoxes(trace);
    this.windows = new SourceWindows(trace, sources);
    this.article = document.getElementById(`trace=${trace.id}`);
    this.allButton = button('All steps', { 'aria-pressed': 'false', title: 'a' }, this.toggleAll);
    this.textButton = button('As text', { 'aria-pressed': 'false', title: 't' }, this.toggleText);
    this.allButton.hidden = trace.steps.every((step) => step.part);
    const bar = element(
      'div',
      { class: 'bar', role: 'toolbar', 'aria-label': 'Steps' },
      button('First', { title: 'Home' }, this.first),
      button('\u00ab', { title: 'Previous hand-over (Shift+Left)', 'aria-label': 'Previous hand-over' }, () =>
        this.handOver(-1),
      ),
      button('\u2039', { title: 'Previous step (Left)', 'aria-label': 'Previous step' }, () => this.step(-1)),
      button('\u203a', { title: 'Next step (Right)', 'aria-label': 'Next step' }, () => this.step(1)),
      button('\u00bb', { title: 'Next hand-over (Shift+Right)', 'aria-label': 'Next hand-over' }, () =>
        this.handOver(1),
      ),
      button('Last', { title: 'End' }, this.last),
      this.said,
      this.allButton,
      this.textButton,
    );
    const left = element('div', { class: 'left' }, bar, this.laneHost);
    const right = element(
      'div',
      { class: 'right' },
      element('div', { class: 'upper' }, this.state, this.beside),
      this.windows.root,
    );
    this.root = element('div', { class: 'stepper' }, left, right);
  }

  /** Goes to a step, 0 for the state before the first; without a number to the violating one. A folded step opens its fold. */
  go(wanted: number | null): void {
    const { steps, violation, initial } = this.trace;
    this.n = Math.min(wanted ?? violation?.step ?? 0, steps.length);
    const step = steps[this.n - 1];
    const fold = step?.part === false && !this.all;
    if (fold) this.all = true;
    if (fold || this.lanes === null) this.drawLanes();
    this.lanes?.show(this.n);
    const moment = step ?? { values: initial, reads: [], writes: [] };
    this.state.replaceChildren(this.boxes.draw(moment), valueList(this.trace, moment));
    this.beside.replaceChildren(verdictBox(this.trace, this.n), ...(step ? [stepBox(step)] : []));
    this.windows.show(this.n);
    this.said.textContent = step
      ? `Step ${this.n} of ${steps.length}, ${cpuName(step.cpu)}`
      : `Before the first of ${steps.length} steps`;
    history.replaceState(null, '', stepAddress(this.trace.id, this.n));
  }

  readonly step = (by: 1 | -1): void => {
    let n = this.n + by;
    while (!this.all && this.trace.steps[n - 1]?.part === false) n += by;
    if (n >= 0 && n <= this.trace.steps.length) this.go(n);
  };

  readonly handOver = (by: 1 | -1): void => {
    const shown = this.trace.steps.filter((step) => this.all || step.part);
    const begins = shown.filter((step, i) => i > 0 && step.cpu !== shown[i - 1]!.cpu).map((step) => step.n);
    const next = by === 1 ? begins.find((n) => n > this.n) : begins.findLast((n) => n < this.n);
    if (next !== undefined) this.go(next);
    else if (by === 1) this.last();
    else this.first();
  };

  readonly first = (): void => this.go(0);
  readonly last = (): void => this.go(this.trace.steps.findLast((step) => this.all || step.part)?.n ?? 0);

  readonly toggleAll = (): void => {
    if (this.allButton.hidden) return;
    this.all = !this.all;
    this.drawLanes();
    // What is folded away cannot be where one stands: the last shown step before it is.
    this.go(this.trace.steps.findLast((s) => (this.all || s.part) && s.n <= this.n)?.n ?? 0);
  };

  readonly toggleText = (): void => {
    const open = this.article?.classList.toggle('open') ?? false;
    this.root.classList.toggle('as-text', open);
    this.textButton.setAttribute('aria-pressed', String(open));
    scrollTo(0, 0);
  };

  private drawLanes(): void {
    this.lanes = makeLanes(this.trace, this.all, (n) => this.go(n), this.toggleAll);
    this.laneHost.replaceChildren(this.lanes.root);
    this.allButton.setAttribute('aria-pressed', String(this.all));
  }
}
