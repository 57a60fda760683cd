import { readFileSync } from 'node:fs';

/** What `npm run build` makes of the folder `page`. */
export interface Assets {
  readonly script: string;
  readonly style: string;
  /** Draws large graphs; embedded only where there is one. */
  readonly layered: string;
}

/** Reads the bundles from the folder where the build left them. */
export function readAssets(): Assets {
  const here = import.meta.url.endsWith('.ts') ? '../../dist/report/' : '../report/';
  const read = (name: string): string => readFileSync(new URL(here + name, import.meta.url), 'utf8');
  return { script: read('page.js'), style: read('page.css'), layered: read('layered.js') };
}
