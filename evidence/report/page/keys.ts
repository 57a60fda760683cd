/** What the keys do on the page of a trace. */
export interface Movements {
  readonly step: (by: 1 | -1) => void;
  readonly handOver: (by: 1 | -1) => void;
  readonly first: () => void;
  readonly last: () => void;
  readonly toggleAll: () => void;
  readonly toggleText: () => void;
}

/** Follows the keyboard; `movements` is asked at each key, null while no trace is open. */
export function followKeys(movements: () => Movements | null, help: () => void): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || isField(event.target)) return;
    if (document.querySelector('dialog[open]')) return;
    if (event.key === '?') {
      event.preventDefault();
      help();
      return;
    }
    const now = movements();
    const action = now && actionOf(event, now);
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function actionOf({ key, shiftKey }: KeyboardEvent, now: Movements): (() => void) | null {
  switch (key) {
    case 'ArrowRight':
      return () => (shiftKey ? now.handOver(1) : now.step(1));
    case 'ArrowLeft':
      return () => (shiftKey ? now.handOver(-1) : now.step(-1));
    case 'Home':
      return now.first;
    case 'End':
      return now.last;
    case 'a':
      return now.toggleAll;
    case 't':
      return now.toggleText;
    default:
      return null;
  }
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches('input, select, textarea');
