// How long does it take to read a patch and to translate its break, once the parser is loaded?
//
// Usage: npx tsx bench/text.ts [PATCH]
// Without a patch: one in words of our own, with the break and the hooks of the series.
import { readFileSync } from 'node:fs';
import { assemble } from '../checking/assemble.ts';
import { suites } from '../model/scenarios/suites/index.ts';
import { readPatch } from '../review/read-patch.ts';
import { loadGrammar } from '../review/syntax/grammar.ts';
import { textProtocol } from '../review/translate/text-protocol.ts';
import { ownSeries } from '../test/review/own-series.ts';

const [, , given] = process.argv;
const path = given ?? 'own.patch';
const bytes = given === undefined ? Buffer.from(ownSeries()) : readFileSync(given);

/** Milliseconds of one run, on the clock and on the processor. */
async function timed<T>(what: string, run: () => T | Promise<T>): Promise<T> {
  const began = performance.now();
  const before = process.cpuUsage();
  const result = await run();
  const { user, system } = process.cpuUsage(before);
  const [clock, processor] = [performance.now() - began, (user + system) / 1000].map((n) =>
    n.toFixed(1).padStart(8),
  );
  process.stdout.write(`${what.padEnd(44)}${clock} ms, ${processor} ms of processor\n`);
  return result;
}

const scenario = suites.default[0]!;
await timed('load the parser (once)', loadGrammar);
for (const round of ['first', 'second', 'third']) {
  const patch = await timed(`read the patch, ${round} time`, () => readPatch(path, bytes));
  const text = await timed('  split and parse it', () => textProtocol(path, [patch]));
  await timed('  translate it for a scenario of two faults', () => assemble(scenario, text.protocol, []));
}
