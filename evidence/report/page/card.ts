import type { ShownStep, ShownTrace } from '../unpack.ts';
import { cpuClass } from './cpu.ts';
import { element } from './element.ts';

/** A step in its lane; `enters` names the function where it is another than before, `go` is called when it is picked. */
export function card(trace: ShownTrace, step: ShownStep, enters: string | null, go: () => void): HTMLElement {
  const violates = trace.violation?.step === step.n;
  const changes = [
    ...step.changes.map(({ location, before, after }) =>
      before === after ? `${location} = ${after}, same value` : `${location} ${differing(before, after)}`,
    ),
    ...step.locals.map(({ name, after }) => `${name} = ${after}`),
  ];
  const made = element(
    'button',
    {
      type: 'button',
      class: `card ${cpuClass(step.cpu)}${violates ? ' violates' : ''}`,
      tabindex: -1,
      'data-n': step.n,
    },
    ...(enters === null ? [] : [element('span', { class: 'enters' }, `${enters}()`)]),
    element('span', { class: 'number' }, String(step.n)),
    element('span', { class: 'says' }, step.says),
    element('span', { class: 'line', title: step.file }, String(step.line)),
    ...changes.map((change) => element('span', { class: 'change' }, change)),
    ...(violates ? [element('span', { class: 'broken' }, 'violated here')] : []),
  );
  made.addEventListener('click', go);
  return made;
}

/** Of a value in parts only those that differ. */
function differing(before: string, after: string): string {
  const [old, now] = [before.split(' '), after.split(' ')];
  if (old.length !== now.length) return `${before} \u2192 ${after}`;
  const differs = (_: string, i: number): boolean => old[i] !== now[i];
  return `${old.filter(differs).join(' ')} \u2192 ${now.filter(differs).join(' ')}`;
}
