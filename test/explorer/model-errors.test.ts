import { describe, expect, test } from 'vitest';
import { explore } from '../../explorer/search/explore.ts';
import { exploreWithXState } from '../../explorer/xstate/explore.ts';
import { type Effect, set } from '../../model/language/effect.ts';
import { type Expression, literal, minus, modulo, parameter, plus } from '../../model/language/expression.ts';
import { go, goIf } from '../../model/language/machine.ts';
import type { System } from '../../model/language/system.ts';
import { locals, optional, range, sharedVariable } from '../../model/language/variable.ts';
import { algorithm, check, condition, numbered, system, thread } from '../classics/build.ts';

const who = numbered('d', 3);
const n = sharedVariable('n', [], range(0, 2));
const row = sharedVariable('row', [who], range(0, 2));
const { local, declared } = locals({ y: optional(who) });

const doing = (effects: readonly Effect[], guard: Expression | null = null): System => {
  const branch = guard ? goIf(guard, 'ended', effects) : go('ended', effects);
  const machine = algorithm('m', { entry: 'here', locals: declared, places: { here: [branch] } });
  return system('wrong', [n, row], [thread('t', machine, { me: 0 })], [check('any')]);
};

/** An error of the model is an internal error, told with variable, thread and place; the state is never corrupted. */
describe('values and indices out of range', () => {
  const wrong: readonly (readonly [string, System, RegExp])[] = [
    ['a value', doing([set(n.at(), plus(n.at(), 3))]), /^n: value 3 is outside 0 to 2/],
    ['a literal', doing([set(n.at(), literal(7))]), /^n: value 7 is outside 0 to 2/],
    ['a value that falls below', doing([set(n.at(), minus(n.at(), 1))]), /^n: value -1 is outside 0 to 2/],
    ['a local', doing([set(local.y, 3)]), /^y: value 3 is outside -1 to 2/],
    ['an index of a read', doing([set(n.at(), row.at(local.y))]), /^row: index -1 is outside/],
    ['an index of a store', doing([set(row.at(local.y), 1)]), /^row: index -1 is outside/],
    ['an index in a guard', doing([], row.at(plus(n.at(), 3))), /^row: index 3 is outside/],
    ['a remainder by 0', doing([set(n.at(), modulo(1, n.at()))]), /remainder by 0|NaN/],
  ];
  // What leaves its range and is read by nobody is seen only where nothing is left out.
  const asWritten = { reduce: 'none' } as const;
  test.each(wrong)('%s', (_, model, said) => {
    expect(() => explore(model, asWritten)).toThrow(said);
    expect(() => explore(model, { ...asWritten, engine: 'wasm' })).toThrow(said);
    expect(() => explore(model, { ...asWritten, engine: 'wasm' })).toThrow(RangeError);
    expect(() => explore(model, asWritten)).toThrow(/thread 't', place 'here'/);
    expect(() => explore(model, asWritten)).toThrow(RangeError);
    expect(() => exploreWithXState(model)).toThrow(/outside|remainder/);
  });

  test('in a condition the check is named', () => {
    const model = doing([set(n.at(), 1)]);
    const bad = {
      ...model,
      checks: [check('c', { always: [condition(row.at(minus(2, plus(n.at(), n.at()))))] })],
    };
    expect(explore(bad).states).toBe(2);
    const worse = { ...model, checks: [check('c', { always: [condition(row.at(minus(0, n.at())))] })] };
    for (const engine of ['js', 'wasm'] as const) {
      expect(() => explore(worse, { engine })).toThrow(/row: index -1 .*check 'c'/);
    }
  });

  test('unknown names are told with thread and place', () => {
    expect(() => explore(doing([set(n.at(), parameter('you'))]))).toThrow(
      /thread 't', place 'here'.*parameter 'you'/,
    );
    expect(() => explore(doing([set(n.at(), { k: 'local', name: 'z' })]))).toThrow(/local 'z'/);
    expect(() => explore(doing([set(n.at(), { k: 'shared', name: 'z', at: [] })]))).toThrow(
      /shared variable 'z'/,
    );
  });
});
