import { extname } from 'node:path';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { CheckSite } from '../compile/expression-code.ts';
import type { ShardedStore } from '../wasm/sharded-store.ts';
import { MOST_SHARDS, type WasmProgram } from '../wasm/wasm-program.ts';
import { Control, READY } from './control.ts';
import type { CrewMessage, CrewRequest } from './crew-request.ts';
import { Member, nothingYet, type Share } from './member.ts';

// The same file beside this one, compiled or not. While the first thread waits it hears no event, so a further one that cannot
// begin has to leave word of it. Source files need the loader of the development tools, which threads do not inherit.
const extension = extname(import.meta.url);
const entry = new URL(`./crew-worker${extension}`, import.meta.url).href;
const loader =
  extension === '.ts' ? "import('tsx/esm/api').then((tsx) => tsx.register())" : 'Promise.resolve()';
const begin = `${loader}.then(() => import(${JSON.stringify(entry)})).catch(() => {
  const words = new Int32Array(require('node:worker_threads').workerData.control);
  Atomics.store(words, ${READY}, -${MOST_SHARDS});
});`;

/**
 * Threads that search together, one for each shard; the caller's is the first. In a level each expands the states of its own shard and
 * hands over, batch by batch, the successors that belong to others. Which of them comes first is a matter of chance, and
 * with it how states of one level are numbered; nothing that is told of a search depends on that.
 */
export class Crew {
  private readonly store: ShardedStore;
  private readonly control: Control;
  private readonly member: Member;
  private readonly ports: MessagePort[] = [];

  constructor(program: WasmProgram, store: ShardedStore, sites: readonly CheckSite[]) {
    const threads = store.shards.length;
    this.store = store;
    this.control = new Control(threads);
    this.member = new Member(0, store.shards, this.control, program.batch);
    const control = this.control.words.buffer;
    for (let me = 1; me < threads; me++) {
      const { port1, port2 } = new MessageChannel();
      const request: CrewRequest = { me, program, memories: store.memories, sites, control, port: port2 };
      const worker = new Worker(begin, { eval: true, workerData: request, transferList: [port2] });
      worker.unref();
      port1.unref();
      this.ports.push(port1);
    }
  }

  /** Have all threads begun? */
  get ready(): boolean {
    return this.control.allReady;
  }

  /** Could some thread not begin? */
  get failed(): boolean {
    return this.control.failed;
  }

  /** Waits a moment for the threads. */
  wait(): void {
    this.control.wait(0, () => this.ready || this.failed);
  }

  /**
   * Expands the states of a level, which are from and up to these numbers in each shard; pauses now and then and tells how many of
   * the first shard were expanded. Gives what each thread found. If it is given up at a pause the level is left as it is.
   */
  *visitLevel(from: readonly number[], to: readonly number[]): Generator<number, readonly Share[], void> {
    const own = nothingYet();
    this.control.begin(from, to);
    let whole = false;
    try {
      yield* this.member.expand(own);
      for (const _ of this.member.finish()) yield 0;
      whole = true;
    } finally {
      if (!whole) this.giveUp();
      this.control.isDone(0);
      while (!this.control.allDone) this.control.wait(0, () => this.control.allDone);
      for (const { space } of this.store.shards) space.refresh();
    }
    return [own, ...this.ports.map(shareFrom)];
  }

  /** Waits until nobody hands anything over any more. What cannot be stored is of a level that is lost already. */
  private giveUp(): void {
    this.control.stop();
    try {
      for (const _ of this.member.finish());
    } catch {}
  }

  /** The threads go. */
  dismiss(): void {
    this.control.quit();
    for (const port of this.ports) port.close();
  }
}

/** What a thread says at the end of a level; the error with which it broke off is thrown here. */
function shareFrom(port: MessagePort): Share {
  const message = receiveMessageOnPort(port)?.message as CrewMessage | undefined;
  if (message?.kind === 'share') return message.share;
  if (!message) throw new Error('a thread of the search said nothing');
  const error = message.ofModel ? new RangeError(message.message) : new Error(message.message);
  error.stack = message.stack;
  throw error;
}
