import { type AnyStateMachine, assign, setup } from 'xstate';
import type { Configuration } from '../explorer/program/configuration.ts';
import type { Program } from '../explorer/program/program.ts';
import { xstateStep } from '../explorer/xstate/successors.ts';

/**
 * The whole system as one machine with the state in its context, which is what xstate/graph can walk: an event for each
 * thread and event of the language, each an assignment that is guarded by whether the step is enabled.
 */
export function adjacencyMachine(program: Program, initial: Configuration): AnyStateMachine {
  const pairs = program.threads.flatMap((thread) =>
    [...new Set(thread.places.flatMap((p) => p.events.map((e) => e.name)))].map((event) => ({
      thread,
      event,
    })),
  );
  const on = Object.fromEntries(
    pairs.map(({ thread, event }) => [
      `${thread.number} ${event}`,
      {
        guard: ({ context }: { context: Configuration }) =>
          xstateStep(program, context, thread, event) !== null,
        actions: assign(
          ({ context }: { context: Configuration }) =>
            xstateStep(program, context, thread, event)!.to as never,
        ),
      },
    ]),
  );
  return setup({ types: { context: {} as Configuration } }).createMachine({
    context: initial,
    on: on as never,
  }) as unknown as AnyStateMachine;
}
