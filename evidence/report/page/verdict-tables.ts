/** Lets the tables of the first page be filtered and sorted. Without a script they are there in the order of the run. */
export function enliven(page: HTMLElement): void {
  const form = page.querySelector('form');
  if (!form) return;
  form.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());
  const text = form.querySelector('input')!;
  const verdict = form.querySelector('select')!;
  const count = form.querySelector('output')!;
  const rows = [...page.querySelectorAll<HTMLElement>('tbody tr')];
  const filter = (): void => {
    const words = text.value.toLowerCase().split(/\s+/);
    for (const row of rows) {
      const { words: own = '', verdict: verdicts = '' } = row.dataset;
      const said = own.toLowerCase();
      const fits = verdict.value === '' || verdicts.split(' ').includes(verdict.value);
      row.hidden = !(fits && words.every((word) => said.includes(word)));
    }
    const shown = rows.filter((row) => !row.hidden).length;
    count.textContent = shown === rows.length ? '' : `${shown} of ${rows.length} rows`;
  };
  text.addEventListener('input', filter);
  verdict.addEventListener('change', filter);
  for (const table of page.querySelectorAll<HTMLTableElement>('table.sortable')) makeSortable(table);
}

function makeSortable(table: HTMLTableElement): void {
  const heads = [...table.querySelectorAll<HTMLElement>('thead th')];
  heads.forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener('click', () => {
      const down = head.getAttribute('aria-sort') === 'ascending';
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      sort(table, column, down ? -1 : 1);
    });
  });
}

function sort(table: HTMLTableElement, column: number, direction: 1 | -1): void {
  const body = table.tBodies[0];
  if (!body) return;
  const key = (row: HTMLTableRowElement): string => row.cells[column]?.dataset['key'] ?? '';
  const sorted = [...body.rows].sort((a, b) => direction * compared(key(a), key(b)));
  body.append(...sorted);
}

function compared(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  return Number.isNaN(difference) ? a.localeCompare(b, 'en') : difference;
}
