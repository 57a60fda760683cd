import { wholeTraces } from '../checking/check.ts';
import { replayRecorded } from '../checking/replay-recorded.ts';
import { resolvedThreads } from '../checking/result.ts';
import { readTraceFile, traceFile } from '../checking/trace-file.ts';
import { ascii } from '../evidence/ascii.ts';
import { handOversOf } from '../explorer/trace/hand-overs.ts';
import { InputError } from '../model/scenarios/input-error.ts';
import { properties } from '../properties/index.ts';
import { answer } from './answer.ts';
import type { Layout, TraceFormatName } from './choices.ts';
import { demandFile, writeNamed } from './file-option.ts';
import { findNamed } from './find-named.ts';
import { demandPlainFiles, demandProtocol } from './find-protocol.ts';
import { drawIn } from './layout.ts';
import { engines } from './parts.ts';
import { readInput } from './read-input.ts';
import { stepThrough } from './step-through.ts';
import { type ToldTrace, traceFormats } from './trace-formats.ts';
import { version } from './version.ts';

const mostBytes = 256_000_000;

/** The options of `replay` as commander leaves them. */
export interface ReplayOptions {
  readonly layout: Layout;
  readonly all?: boolean;
  readonly format?: TraceFormatName;
  readonly output?: string;
  readonly step?: boolean;
  readonly minimal?: boolean;
}

/** What `cowpte replay` does. */
export async function replay(path: string, options: ReplayOptions): Promise<void> {
  const { output, step, format } = options;
  if (step && (output !== undefined || format !== undefined)) {
    throw new InputError('usage', '--step', 'cannot be combined with --format or -o');
  }
  const file = output === undefined || output === '-' ? null : output;
  const trace = readInput(path, mostBytes);
  if (file !== null) demandFile('-o', file);
  const replayed = await replayFile(path, trace, options);
  if (step) return stepThrough(replayed.told);
  const text = textOf(replayed, options);
  if (file === null) answer(text);
  else writeNamed('-o', file, text);
}

function textOf(trace: ToldTrace, { layout, format }: ReplayOptions): string {
  if (format !== undefined) return traceFormats[format].text(trace);
  return `${drawIn(layout, trace.told)}\nReplayed: every step is possible and does what is recorded, and so is the end.\n`;
}

/** Runs the trace of a file again and compares; an InputError where it is not as the model runs it. */
async function replayFile(
  path: string,
  text: string,
  { all = false, minimal = false }: ReplayOptions,
): Promise<ToldTrace> {
  const recorded = readTraceFile(text, path);
  const where = ascii(path);
  demandPlainFiles(recorded.protocol, `${where}: protocol`);
  const { protocol } = await demandProtocol(recorded.protocol, `${where}: protocol`);
  const property = findNamed(recorded.property, properties, 'property', `${where}: property`);
  const system = engines.xstate.assemble(recorded.scenario, protocol, properties);
  const replayed = replayRecorded(recorded, system, engines.xstate.replay, where);
  const asked = minimal && replayed.violation !== null;
  const trace = asked ? { ...replayed, handOvers: handOversOf(system, replayed, property.name) } : replayed;
  const { scenario } = recorded;
  const told = {
    property: property.name,
    protocol: protocol.name,
    scenario: scenario.name,
    threads: resolvedThreads(scenario),
    trace,
    whole: all || wholeTraces(system).includes(property.name),
    fromFile: true,
    command: ['npx', 'cowpte', 'replay', path],
  };
  const file = traceFile(version, protocol.name, scenario, property.name, trace);
  return { told, file, scenario, states: 0 };
}
