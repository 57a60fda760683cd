import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endingsOf } from '../../../explorer/compare/endings.ts';
import { partingOf } from '../../../explorer/compare/parting.ts';
import { stateGraph } from '../../../explorer/graph/states.ts';
import { readSystem } from '../../../explorer/program/program.ts';
import { explore } from '../../../explorer/search/explore.ts';
import type { System } from '../../../model/language/system.ts';
import { increment } from '../../classics/increment.ts';
import { mcsLock } from '../../classics/mcs-lock.ts';
import { type Case, systemOf } from '../../threads/explored.ts';
import { randomSystem } from '../random-system.ts';

const two: Case = { threads: ['A:break-only', 'A:break-only', 'B'] };

describe('where two systems part', () => {
  test('nowhere from itself', () => {
    const { states: pairs } = explore({ ...mcsLock(2), checks: [] }, { reductions: ['dead-locals'] });
    expect(partingOf([mcsLock(2), mcsLock(2)])).toEqual({ parting: null, pairs, exhaustive: true });
    fc.assert(
      fc.property(randomSystem, (system) => {
        fc.pre(stateGraph(system, { maxStates: 200 }).reason === null);
        expect(partingOf([system, system])).toMatchObject({ parting: null, exhaustive: true });
      }),
      { numRuns: 30 },
    );
  });

  test('at the first step that one of them leaves out', () => {
    const { parting } = partingOf([systemOf(two), systemOf({ ...two, protocol: 'v5-no-recheck' })]);
    expect(parting).toMatchObject({
      by: 0,
      step: { step: 'recheck_count', line: 5298 },
      at: 'entry_0/copy_test',
    });
    expect(parting!.instead).toMatchObject({ step: 'entry_0/copy_test', line: 5329 });
    expect(parting!.run).toHaveLength(20);
    expect(new Set(parting!.run.map((s) => s.thread))).toEqual(new Set(['A/0']));
  });

  // One break alone never finds that the slot has changed under it, so that only two can tell these apart.
  test('not before a second thread makes a difference', () => {
    const protocols = ['v5', 'v5-revalidate-lock'].map((protocol) => systemOf({ ...two, protocol }));
    const { parting } = partingOf(protocols as [System, System]);
    expect(parting!.step).toMatchObject({ function: 'handle_cow_pte_fault' });
    expect(partingOf([protocols[1]!, protocols[0]!]).parting!.run).toHaveLength(parting!.run.length);
  });

  test('what was not walked is not claimed', () => {
    expect(partingOf([mcsLock(2), mcsLock(2)], 50)).toEqual({ parting: null, pairs: 50, exhaustive: false });
  });
});

/** The ends by their meaning: every state of the whole graph from which no edge leads away. */
function endsOf(system: System): string[] {
  const graph = stateGraph({ ...system, checks: [] });
  const left = new Set([...graph.edges()].map((e) => e.from));
  const { threads } = readSystem(system);
  const ends = [...graph.nodes()]
    .filter((node) => !left.has(node.number))
    .map(({ label, shape }) => {
      const places = label.split(', ').map((text) => text.slice(text.indexOf(' ') + 1));
      const fates = threads.flatMap(({ id }, n) => {
        if (places[n] === 'ended') return [];
        return [places[n] === 'stopped' ? `${id} has died` : `${id} waits at ${places[n]}`];
      });
      return [shape, ...fates].join('; ');
    });
  return [...new Set(ends)].sort();
}

describe('the ends of all runs', () => {
  const shapeOf = (system: System): readonly string[] =>
    system.shape ?? system.shared.filter((v) => !v.ghost).map((v) => v.name);

  test.each<[string, System]>([
    ['increment', increment(2)],
    ['in version 4', systemOf({ ...two, protocol: 'v4' })],
    ['an exit', systemOf({ threads: ['A:write-fault', 'B:exit'] })],
    ['without memory', systemOf({ threads: ['A:break-only', 'B:break-only'], config: { allocFailures: 1 } })],
  ])('%s', (_, system) => {
    const { all, reason } = endingsOf(system, shapeOf(system));
    expect([all, reason]).toEqual([endsOf(system), null]);
  });

  test('of any system', () => {
    fc.assert(
      fc.property(randomSystem, (system) => {
        fc.pre(stateGraph(system, { maxStates: 200 }).reason === null);
        expect(endingsOf(system, shapeOf(system)).all).toEqual(endsOf(system));
      }),
      { numRuns: 60 },
    );
  });
});
