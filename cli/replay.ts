import type { Command } from 'commander';
import { wholeTraces } from '../checking/check.ts';
import { replayRecorded } from '../checking/replay-recorded.ts';
import { resolvedThreads } from '../checking/result.ts';
import { readTraceFile } from '../checking/trace-file.ts';
import { ascii } from '../evidence/ascii.ts';
import { protocols } from '../model/variants/index.ts';
import { properties } from '../properties/index.ts';
import { answer } from './answer.ts';
import { layoutOption } from './check-options.ts';
import { findNamed } from './find-named.ts';
import { drawIn, type Layout } from './layout.ts';
import { engines } from './parts.ts';
import { readInput } from './read-input.ts';

const mostBytes = 256_000_000;

/** Adds `cowpte replay` to the program. */
export function addReplay(program: Command): void {
  program
    .command('replay')
    .description('run a trace file again through XState, compare, and print the trace')
    .argument('<trace.json>', 'a file that check --traces wrote')
    .addOption(layoutOption())
    .option('--all', 'show every step, also those that have no part in the violation')
    .action((path: string, options: { readonly layout: Layout; readonly all?: boolean }) => {
      answer(replayFile(path, options.layout, options.all ?? false));
    });
}

function replayFile(path: string, layout: Layout, all: boolean): string {
  const recorded = readTraceFile(readInput(path, mostBytes), path);
  const where = ascii(path);
  const protocol = findNamed(recorded.protocol, protocols, 'protocol', `${where}: protocol`);
  const property = findNamed(recorded.property, properties, 'property', `${where}: property`);
  const system = engines.xstate.assemble(recorded.scenario, protocol, properties);
  const trace = replayRecorded(recorded, system, engines.xstate.replay, where);
  const whole = wholeTraces(system).includes(property.name);
  const drawn = drawIn(layout, {
    property: property.name,
    protocol: protocol.name,
    scenario: recorded.scenario.name,
    threads: resolvedThreads(recorded.scenario),
    trace,
    whole: whole || all,
    fromFile: true,
    command: ['npx', 'cowpte', 'replay', path],
  });
  return `${drawn}\nReplayed: every step is possible and does what is recorded, and so is the end.\n`;
}
