import { workerData } from 'node:worker_threads';
import { runtimeChecks } from '../compile/runtime-checks.ts';
import { WasmShard } from '../wasm/wasm-shard.ts';
import { Control } from './control.ts';
import type { CrewMessage, CrewRequest } from './crew-request.ts';
import { Member, nothingYet } from './member.ts';

// A further thread of a search: level by level, until it is told to go.
const { me, program, memories, sites, control: buffer, port } = workerData as CrewRequest;
const control = new Control(memories.length, buffer);
const checks = runtimeChecks(sites);
const shards = memories.map((memory, n) => new WasmShard(program, checks, memory, n, memories.length));
const member = new Member(me, shards, control, program.batch);
const say = (message: CrewMessage): void => port.postMessage(message);

control.ready();
for (let level = 0; ; level++) {
  while (control.level === level && !control.quitted) {
    control.wait(me, () => control.level !== level || control.quitted);
  }
  if (control.quitted) break;
  const share = nothingYet();
  let message: CrewMessage = { kind: 'share', share };
  try {
    for (const _ of member.expand(share));
  } catch (error) {
    message = failure(error);
    control.stop();
  }
  try {
    for (const _ of member.finish());
  } catch (error) {
    message = failure(error);
  }
  say(message);
  control.isDone(me);
}
port.close();

function failure(error: unknown): CrewMessage {
  const thrown = error instanceof Error ? error : new Error(String(error));
  const { message, stack = '' } = thrown;
  return { kind: 'failed', message, stack, ofModel: thrown instanceof RangeError };
}
