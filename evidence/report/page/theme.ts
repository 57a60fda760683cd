import { button } from './element.ts';

const key = 'cowpte-theme';

/** The theme of the system until somebody presses the button; a report from disk may have no storage. */
export function themeButton(): HTMLButtonElement {
  const stored = read();
  if (stored) document.documentElement.dataset['theme'] = stored;
  const dark = (): boolean =>
    (document.documentElement.dataset['theme'] ??
      (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : '')) === 'dark';
  const made = button('', {}, () => {
    const theme = dark() ? 'light' : 'dark';
    document.documentElement.dataset['theme'] = theme;
    label();
    try {
      localStorage.setItem(key, theme);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  });
  const label = (): void => {
    made.textContent = dark() ? 'Light' : 'Dark';
    made.title = `Switch to the ${dark() ? 'light' : 'dark'} theme`;
  };
  label();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', label);
  return made;
}

function read(): string | null {
  try {
    const theme = localStorage.getItem(key);
    return theme === 'dark' || theme === 'light' ? theme : null;
  } catch {
    return null;
  }
}
