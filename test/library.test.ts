import { describe, expect, it } from 'vitest';
import {
  differ,
  equal,
  explore,
  fragment,
  go,
  goIf,
  machine,
  range,
  replay,
  type System,
  set,
  sharedVariable,
  wire,
} from '../index.ts';

/** A stranger's system: two threads that take one lock, and forget to look whether it is free. */
function forgetful(looks: boolean): System {
  const lock = sharedVariable('lock', [], range(0, 1));
  const inside = sharedVariable('inside', [], range(0, 2));
  const site = { function: 'critical', file: 'critical.c', source: 'a test' };
  const body = fragment({
    site,
    entry: 'take',
    exits: ['out'],
    places: {
      take: {
        line: 1,
        says: 'take',
        on: [goIf(looks ? equal(lock.at(), 0) : 1, 'enter', set(lock.at(), 1))],
      },
      enter: {
        line: 2,
        says: 'enter',
        on: [goIf(equal(inside.at(), 0), 'leave', set(inside.at(), 1)), go('both')],
      },
      both: { line: 3, says: 'two inside', on: [go('leave', set(inside.at(), 2))] },
      leave: { line: 4, says: 'leave', on: [go('out', set(inside.at(), 0), set(lock.at(), 0))] },
    },
  });
  const thread = machine('critical', wire(body, { out: 'ended' }), { locals: {}, parameters: [] });
  const alone = {
    that: differ(inside.at(), 2),
    needed: 'one inside',
    found: '{0} inside',
    facts: [inside.at()],
  };
  const nothing = { atEnd: [], monitors: [], leaves: null, exercisedBy: [] };
  return {
    name: 'a lock that is not looked at',
    shared: [lock, inside],
    threads: ['a', 'b'].map((id) => ({ id, machine: thread, parameters: {}, groups: {} })),
    checks: [
      { ...nothing, name: 'alone', always: [alone], deadlock: null },
      { ...nothing, name: 'no-deadlock', always: [], deadlock: { onlyAt: null } },
    ],
  };
}

describe('the library, as a stranger uses it', () => {
  it('finds the shortest run that breaks a system, and replays it', () => {
    const system = forgetful(false);
    const { findings } = explore(system, { reduce: 'none' });
    expect(findings.map((f) => f.verdict)).toEqual(['violated', 'holds']);
    const run = findings[0]?.run;
    expect(run && replay(system, run, 'alone').steps.map((s) => `${s.thread} ${s.says}`)).toEqual([
      'a take',
      'a enter',
      'b take',
      'b enter',
      'b two inside',
    ]);
  });

  it('proves the mended one', () => {
    const { findings, exhaustive } = explore(forgetful(true));
    expect(exhaustive).toBe(true);
    expect(findings.map((f) => f.verdict)).toEqual(['holds', 'holds']);
  });
});
