import type { Effect } from '../../model/language/effect.ts';
import type { Expression } from '../../model/language/expression.ts';
import { evaluate } from '../../model/language/interpreter.ts';
import { initialConfiguration, momentOf } from '../program/configuration.ts';
import type {
  Program,
  ProgramBranch,
  ProgramMonitor,
  ProgramPlace,
  ProgramThread,
} from '../program/program.ts';
import { type LocationSet, Locations } from './locations.ts';
import { allRead, isUnread, type Unread } from './slicing.ts';
import { follow, liveBranches, ValueFlow } from './value-flow.ts';
import {
  canBeFalse,
  canBeTrue,
  canFail,
  elementsOf,
  isConstant,
  type Possible,
  valuesOf,
} from './value-sets.ts';

/** What the step that leaves a place may read and write, whichever of its events and branches is taken. */
export interface Footprint {
  /** Read to know which events are enabled, and which branches. */
  readonly guards: LocationSet;
  /** All that is read: by guards, effects, and by everything that judges the step. */
  readonly reads: LocationSet;
  readonly writes: LocationSet;
  /** Places that may follow. */
  readonly targets: ReadonlySet<number>;
}

/** May two steps not be exchanged: do they access one location, and one of them writes it? */
export const clash = (
  a: Pick<Footprint, 'reads' | 'writes'>,
  b: Pick<Footprint, 'reads' | 'writes'>,
): boolean => a.writes.meets(b.reads) || a.writes.meets(b.writes) || a.reads.meets(b.writes);

/**
 * The footprints of the steps of a program. What a check looks at because of a step belongs to the reads of that step: a step
 * that may break a condition reads all its variables, one that moves a monitor reads what the monitor watches and writes
 * its state. Conditions of the end are judged in states in which nobody can go on; these are not lost by any order of steps.
 */
export class Footprints {
  readonly locations: Locations;
  readonly program: Program;
  readonly unread: Unread;
  readonly flow: ValueFlow;
  private readonly conditions: ReadonlyMap<Expression, LocationSet>;
  private readonly monitors: readonly {
    readonly monitor: ProgramMonitor;
    readonly reads: LocationSet;
    readonly moods: LocationSet;
  }[];

  /** `unread`: variables that nobody stores to. */
  constructor(program: Program, unread: Unread = allRead) {
    this.program = program;
    this.unread = unread;
    this.flow = new ValueFlow(program);
    this.locations = new Locations(program);
    const outside = this.flow.seenBy(program.scope);
    this.conditions = new Map(
      program.checks.flatMap((check) =>
        check.always.map(({ that }) => [that, this.reads(that, outside, this.locations.none())]),
      ),
    );
    this.monitors = program.monitors.map((monitor) => this.watched(monitor));
  }

  /** What the truth of a condition of some check depends on. */
  condition(that: Expression): LocationSet {
    return this.conditions.get(that)!;
  }

  /** What a monitor reads, and the stores that can move it. */
  monitor(monitor: ProgramMonitor): { readonly reads: LocationSet; readonly moods: LocationSet } {
    return this.monitors[monitor.number]!;
  }

  of(thread: ProgramThread, place: ProgramPlace): Footprint {
    const guards = this.locations.none();
    const reads = this.locations.none();
    const writes = this.locations.none();
    const targets = new Set<number>();
    const before = this.flow.at(thread.number, place.number);
    if (before !== null) {
      for (const event of place.events) {
        const live = liveBranches(event, before);
        for (const { guard } of event.branches) {
          if (guard) this.reads(guard, before, guards);
        }
        for (const { branch, before: now } of live) {
          follow(branch.effects, now, (effect, found) => {
            if (effect.k === 'set' && isUnread(this.unread, effect.to, thread.number)) return;
            this.effect(effect, found, reads, writes);
          });
          targets.add(branch.target);
          if (thread.places[branch.target]!.final === 'ended') writes.add(this.locations.end(thread.number));
        }
      }
    }
    reads.addAll(guards);
    for (const condition of this.conditions.values()) if (writes.meets(condition)) reads.addAll(condition);
    for (const { monitor, reads: seen, moods } of this.monitors) {
      if (!writes.meets(moods)) continue;
      reads.addAll(seen);
      reads.add(this.locations.monitor(monitor.number));
      writes.add(this.locations.monitor(monitor.number));
    }
    return { guards, reads, writes, targets };
  }

  private effect(effect: Effect, now: Possible, reads: LocationSet, writes: LocationSet): void {
    switch (effect.k) {
      case 'set':
        this.reads(effect.value, now, reads);
        if (effect.to.k === 'local') return;
        for (const i of effect.to.at) this.reads(i, now, reads);
        for (const element of elementsOf(effect.to, now))
          writes.add(this.locations.element(effect.to.name, element));
        return;
      case 'assert':
        if (this.program.checkNumber.has(effect.check)) this.reads(effect.that, now, reads);
        return;
      case 'if':
        this.reads(effect.test, now, reads);
    }
  }

  /** What the value of an expression depends on. An expression that always has the same value depends on nothing. */
  private reads(e: Expression, now: Possible, into: LocationSet): LocationSet {
    if (isConstant(valuesOf(e, now)) && !canFail(e, now)) return into;
    switch (e.k) {
      case 'shared':
        for (const i of e.at) this.reads(i, now, into);
        for (const element of elementsOf(e, now)) into.add(this.locations.element(e.name, element));
        break;
      case 'unary':
        this.reads(e.a, now, into);
        break;
      case 'binary':
        this.reads(e.a, now, into);
        this.reads(e.b, now, into);
        break;
      case 'conditional': {
        const test = valuesOf(e.test, now);
        this.reads(e.test, now, into);
        if (canBeTrue(test)) this.reads(e.then, now, into);
        if (canBeFalse(test)) this.reads(e.otherwise, now, into);
        break;
      }
      case 'ended':
        for (const thread of now.scope.groups[e.group]!) into.add(this.locations.end(thread));
        break;
      default:
        break;
    }
    return into;
  }

  /** What a monitor reads, and which stores move it. */
  private watched(monitor: ProgramMonitor) {
    const now = this.flow.seenBy(monitor.scope);
    const reads = this.locations.none();
    for (const { guard } of monitor.places.flatMap((p) => p.events).flatMap((e) => e.branches)) {
      if (guard) this.reads(guard, now, reads);
    }
    if (this.rests(monitor)) return { monitor, reads, moods: reads };
    const moods = this.locations.none();
    for (const variable of this.program.system.shared) {
      if (!monitor.watches.has(variable.name)) continue;
      const size = variable.over.reduce((n, d) => n * d.size, 1);
      for (let element = 0; element < size; element++)
        moods.add(this.locations.element(variable.name, element));
    }
    return { monitor, reads, moods };
  }

  /**
   * Does a second look at the same values leave the monitor where it is? So it is if the guard by which a place is entered says
   * at least what the first one says by which it stays. Then stores to elements that it does not read do not move it.
   */
  private rests(monitor: ProgramMonitor): boolean {
    const first = monitor.places.map((p) => p.events[0]?.branches[0]);
    const stays = ({ target, guard }: ProgramBranch): boolean => {
      const staying = first[target];
      if (staying?.target !== target || guard === null) return false;
      const said = new Set(conjuncts(guard));
      return staying.guard === null || conjuncts(staying.guard).every((text) => said.has(text));
    };
    const start = first[monitor.entry];
    const moment = momentOf(this.program, initialConfiguration(this.program));
    const startRests =
      start?.target === monitor.entry && (!start.guard || evaluate(start.guard, monitor.scope, moment) !== 0);
    return (
      startRests &&
      monitor.places
        .flatMap((p) => p.events)
        .flatMap((e) => e.branches)
        .every((b) => b.target === monitor.violated || stays(b))
    );
  }
}

/** What a condition says one by one, as texts. */
const conjuncts = (e: Expression): string[] =>
  e.k === 'binary' && e.op === '&&' ? [...conjuncts(e.a), ...conjuncts(e.b)] : [JSON.stringify(e)];
