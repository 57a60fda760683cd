// Bundles the command, and the script and the style of the report's page. Runs after tsc, which makes the library.
//
// The command is some six hundred modules, and reading them one by one takes far longer than most of what it is asked. As a
// few files it starts at once. What only some runs need is imported by them, and stands in files of its own.
import { rmSync } from 'node:fs';
import { build } from 'esbuild';

// The names of shared pieces change with their text; those of an earlier build would stay.
for (const folder of ['dist/cli', 'dist/report']) rmSync(folder, { recursive: true, force: true });

await build({
  // A thread begins with a file: what starts it looks beside itself.
  entryPoints: {
    main: 'cli/main.ts',
    'search-worker': 'cli/search-worker.ts',
    'crew-worker': 'explorer/parallel/crew-worker.ts',
  },
  outdir: 'dist/cli',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
});

const page = 'evidence/report/page';
// A report is read from disk: nothing but ASCII cannot be misread.
const embedded = { outdir: 'dist/report', bundle: true, minify: true, charset: 'ascii', logLevel: 'warning' };

await build({
  ...embedded,
  entryPoints: { page: `${page}/main.ts`, layered: `${page}/layered.ts` },
  format: 'iife',
  target: 'es2022',
  legalComments: 'none',
});
await build({ ...embedded, entryPoints: { page: `${page}/style/page.css` } });
