import { describe, expect, test } from 'vitest';
import { type Options, REDUCTIONS } from '../../explorer/options.ts';
import { explore } from '../../explorer/search/explore.ts';
import { set, violate } from '../../model/language/effect.ts';
import { equal, NONE } from '../../model/language/expression.ts';
import { go, goIf } from '../../model/language/machine.ts';
import { optional, sharedVariable } from '../../model/language/variable.ts';
import { dangerous, data, head, local, made, nodes, promise, run, shared } from './pointer-systems.ts';

describe('no violation is lost where a thread may not go alone', () => {
  test.each(Object.entries(dangerous))('%s', (_, it) => {
    for (const threads of [it.threads, [...it.threads].reverse()]) {
      const ordered = { ...it, threads };
      const full = explore(ordered, { reduce: 'none' });
      expect(full.findings.map((f) => f.verdict)).toEqual(['violated']);
      // With fusion the first state is not asked for one thread: it would hide what is lost there.
      for (const reductions of [REDUCTIONS, ['partial-order', 'reach']] as const) {
        const reduced = explore(ordered, { withoutReach: 0, reductions });
        expect(reduced.findings.map((f) => f.verdict)).toEqual(['violated']);
        expect(reduced.findings[0]!.run).toEqual(full.findings[0]!.run);
      }
    }
  });
});

test('no error of the model is lost where a pointer is taken away for a moment', () => {
  const seat = sharedVariable('seat', [], optional(nodes), { initial: 1 });
  const away = run({ take: [go('put', set(seat.at(), NONE))], put: [go('ended', set(seat.at(), 1))] });
  const look = run({ look: [go('ended', promise(equal(data.at(seat.at()), 0)))] });
  const it = made([away, look]);
  const found = (options: Partial<Options>) => () => explore({ ...it, shared: [...shared, seat] }, options);
  expect(found({ reduce: 'none' })).toThrow('data: index -1 is outside 0 to 3');
  expect(found({ withoutReach: 0 })).toThrow('data: index -1 is outside 0 to 3');
});

describe('a thread goes alone', () => {
  const builder = run(
    {
      first: [go('second', set(data.at(local.p), 1))],
      second: [go('third', set(data.at(local.p), 2))],
      third: [go('publish', set(data.at(local.p), 1))],
      publish: [go('ended', set(head.at(), local.p))],
    },
    { p: 1 },
  );
  const reader = run({
    read: [go('follow', set(local.p, head.at()))],
    follow: [goIf(equal(local.p, NONE), 'ended'), go('ended', promise(equal(data.at(local.p), 1)))],
  });
  const found = (options: Partial<Options>) => {
    const { states, reductions, reason } = explore(made([builder, reader]), {
      reductions: ['partial-order', 'reach'],
      ...options,
    });
    return [states, reductions.join(' '), reason];
  };

  test('with a node that nobody else can come to, until it is published', () => {
    // The builder's three stores, then each way to order its publication and the reading.
    expect(found({ reductions: [] })).toEqual([17, '', null]);
    expect(found({ withoutReach: 0 })).toEqual([10, 'partial-order reach', null]);
  });

  test('as soon as a search has more states than it may have without', () => {
    expect(found({})).toEqual([17, 'partial-order', null]);
    expect(found({ withoutReach: 17 })).toEqual([17, 'partial-order', null]);
    expect(found({ withoutReach: 16 })).toEqual([10, 'partial-order reach', null]);
    expect(found({ withoutReach: 16, maxStates: 9 })).toEqual([9, 'partial-order', 'max-states']);
    expect(found({ withoutReach: 8, maxStates: 9 })).toEqual([8, 'partial-order reach', 'max-states']);
  });

  test('and what was found before is kept, though the search is then cut before it comes so far', () => {
    const early = run({
      read: [go('follow', violate('promise', 'n', 'f'), set(local.p, head.at()))],
      follow: [goIf(equal(local.p, NONE), 'ended'), go('ended', promise(equal(data.at(local.p), 1)))],
    });
    const cut = (options: Partial<Options>) => {
      const { states, reductions, reason, findings, coverage } = explore(made([builder, early]), {
        reductions: ['partial-order', 'reach'],
        ...options,
      });
      const taken = coverage.filter((b) => b.taken).map(({ place }) => place);
      expect([states, reductions.join(' '), reason]).toEqual([4, 'partial-order reach', 'max-states']);
      return [findings[0]!.verdict, findings[0]!.run, taken.join(' ')];
    };
    // The builder comes first, until the bound.
    expect(cut({ withoutReach: 0, maxStates: 4 })).toEqual(['unknown', null, 'first second third']);
    const moves = [{ thread: 1, event: 'STEP' }];
    expect(cut({ withoutReach: 3, maxStates: 4 })).toEqual([
      'violated',
      { moves, switches: 0, shortest: false },
      'first second third read',
    ]);
  });
});
