import { button, element } from './element.ts';

const keys: readonly (readonly [string, string])[] = [
  ['Right, Left', 'next and previous step'],
  ['Shift+Right, Shift+Left', 'next and previous hand-over'],
  ['Home, End', 'first and last step'],
  ['a', 'show or fold the steps that have no part in the violation'],
  ['t', 'the trace as text'],
  ['?', 'this help'],
  ['Escape', 'close the help'],
];

/** The list of keys, as a dialog. */
export function helpDialog(): HTMLDialogElement {
  const rows = keys.map(([key, does]) =>
    element('tr', {}, element('th', { scope: 'row' }, element('kbd', {}, key)), element('td', {}, does)),
  );
  const dialog = element(
    'dialog',
    { id: 'help', 'aria-labelledby': 'help-title' },
    element('h2', { id: 'help-title' }, 'Keys on the page of a trace'),
    element('table', {}, element('tbody', {}, ...rows)),
    element(
      'p',
      {},
      'The address of the page names the trace and the step: copy it to show somebody the same.',
    ),
  );
  dialog.append(button('Close', {}, () => dialog.close()));
  return dialog;
}
