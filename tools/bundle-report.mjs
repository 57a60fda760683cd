// Bundles the script and the style of the report's page, so that the report is one file. Runs after tsc, into the same folder.
import { build } from 'esbuild';

const page = 'evidence/report/page';

await build({
  entryPoints: { page: `${page}/main.ts`, layered: `${page}/layered.ts` },
  outdir: 'dist/evidence/report',
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  // A report is read from disk: nothing but ASCII cannot be misread.
  charset: 'ascii',
  legalComments: 'none',
  logLevel: 'warning',
});
await build({
  entryPoints: { page: `${page}/style/page.css` },
  outdir: 'dist/evidence/report',
  bundle: true,
  minify: true,
  charset: 'ascii',
  logLevel: 'warning',
});
