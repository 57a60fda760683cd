import type { ShownStep, ShownTrace } from '../unpack.ts';
import { cpuClass, cpuName } from './cpu.ts';
import { element } from './element.ts';

/** What was promised and what was found. */
export function verdictBox(trace: ShownTrace, n: number): HTMLElement {
  const { violation, claim, loop } = trace;
  const here = violation?.step === n;
  const box = element(
    'section',
    { class: `predicate${here ? ' here' : ''}`, 'aria-label': 'The violated property' },
    element('h3', {}, element('code', {}, trace.property)),
    ...(claim === '' ? [] : [element('p', { class: 'claim' }, claim)]),
  );
  if (violation) {
    box.append(
      element(
        'dl',
        {},
        element('dt', {}, 'Expected'),
        element('dd', {}, violation.needed),
        element(
          'dt',
          { class: 'found' },
          violation.step === 0 ? 'Found in the initial state' : `Found at step ${violation.step}`,
        ),
        element('dd', { class: 'found' }, violation.found),
      ),
    );
  }
  if (loop !== null) {
    box.append(element('p', {}, `After the last step it goes on as after step ${loop}, round for ever.`));
  }
  return box;
}

/** The step in full: every access, also those that changed nothing. */
export function stepBox(step: ShownStep): HTMLElement {
  const accesses: readonly (readonly [string, readonly string[]])[] = [
    ['reads', step.reads],
    ['writes', step.changes.map(changeText)],
    ['acquires', step.acquires],
    ['releases', step.releases],
    ['remembers', step.locals.map(({ name, after }) => `${name} = ${after}`)],
  ];
  return element(
    'section',
    { class: 'step-box', 'aria-label': 'The step' },
    element(
      'h3',
      {},
      element('span', { class: `who ${cpuClass(step.cpu)}` }, cpuName(step.cpu)),
      ` step ${step.n}: ${step.says}`,
    ),
    element('p', {}, element('code', {}, `${step.function}(), ${step.file}:${step.line}`)),
    element(
      'dl',
      {},
      ...accesses
        .filter(([, all]) => all.length > 0)
        .flatMap(([name, all]) => [element('dt', {}, name), element('dd', {}, all.join(', '))]),
    ),
  );
}

const changeText = ({ location, before, after }: ShownStep['changes'][number]): string =>
  before === after ? `${location}: ${after}, the same value` : `${location}: ${before} \u2192 ${after}`;
