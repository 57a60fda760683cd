import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import { transition } from 'xstate';
import type { Broken, Moment } from '../../model/language/interpreter.ts';
import type { ThreadContext } from '../../model/language/meaning.ts';
import type { ProgramThread } from '../program/program.ts';

/** What XState made of one event. */
export interface Taken {
  /** Place number after the step. */
  readonly place: number;
  readonly now: Moment;
  readonly broken: readonly Broken[];
  /** Which branch of the event XState chose. */
  readonly branch: number;
}

/** A snapshot of the machine at a place, in which the thread sees `now`. */
export function snapshotAt(thread: ProgramThread, place: number, now: Moment): AnyMachineSnapshot {
  const context: ThreadContext = { scope: thread.scope, now, broken: [] };
  const machine: AnyStateMachine = thread.machine;
  return machine.resolveState({ value: thread.places[place]!.name, context } as never) as AnyMachineSnapshot;
}

/** Sends an event to a snapshot; null if it is not enabled (a blocked event leaves the snapshot as it was, so `can` is asked). */
export function take(thread: ProgramThread, snapshot: AnyMachineSnapshot, event: string): Taken | null {
  if (snapshot.status !== 'active' || !snapshot.can({ type: event })) return null;
  const [next] = transition(thread.machine, snapshot, { type: event });
  const context = next.context as ThreadContext;
  const place = thread.places.findIndex((p) => p.name === next.value);
  return { place, now: context.now, broken: context.broken, branch: branchTaken(thread, snapshot, event) };
}

/** XState keeps the branches of an event in declared order and picks one of them. */
function branchTaken(thread: ProgramThread, snapshot: AnyMachineSnapshot, event: string): number {
  const [picked] = thread.machine.getTransitionData(snapshot, { type: event });
  return picked ? (picked.source.transitions.get(event)?.indexOf(picked as never) ?? -1) : -1;
}
