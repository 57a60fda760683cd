import { describe, expect, test } from 'vitest';
import { createMachine } from 'xstate';
import { set } from '../../model/language/effect.ts';
import { literal } from '../../model/language/expression.ts';
import { LanguageError, readMachine } from '../../model/language/reading.ts';
import { boolean, sharedVariable } from '../../model/language/variable.ts';

const v = sharedVariable('v', [], boolean);
const apply = { type: 'apply', params: { effects: [set(v.at(), 1)] } };
const when = { type: 'when', params: { test: literal(1) } };

/** A machine with one unusual state `odd`. */
function withState(odd: object, root: object = {}): ReturnType<typeof createMachine> {
  return createMachine({
    id: 'strange',
    initial: 'odd',
    ...root,
    states: { odd, ended: { type: 'final' } },
  } as never);
}
const step = (branch: object): object => ({ on: { STEP: [{ target: 'ended', ...branch }] } });

const refused: readonly (readonly [string, object, string])[] = [
  ['always', { always: [{ target: 'ended' }] }, 'always'],
  ['after', { after: { 10: 'ended' } }, 'after'],
  ['invoke', { invoke: { src: 'x' } }, 'invoke'],
  ['entry', { entry: apply }, 'entry'],
  ['exit', { exit: apply }, 'exit'],
  ['nested states', { initial: 'a', states: { a: {} } }, 'initial'],
  ['history', { type: 'history' }, "type 'history'"],
  ['parallel', { type: 'parallel' }, "type 'parallel'"],
  ['an inline guard', step({ guard: () => true }), 'guard'],
  ['an inline action', step({ actions: () => {} }), 'action'],
  ['a string guard', step({ guard: 'isFree' }), "guard 'isFree'"],
  ['a string action', step({ actions: 'apply' }), "action 'apply'"],
  ['an unknown guard', step({ guard: { type: 'maybe', params: {} } }), "guard 'maybe'"],
  ['an unknown action', step({ actions: { type: 'log', params: {} } }), "action 'log'"],
  ['a guard without parameters', step({ guard: { type: 'when' } }), 'guard when'],
  ['an action without parameters', step({ actions: { type: 'apply' } }), 'action apply'],
  ['two actions', step({ actions: [apply, apply] }), 'actions'],
  ['a wildcard', { on: { '*': [{ target: 'ended' }] } }, "event '*'"],
  ['a partial wildcard', { on: { 'lock.*': [{ target: 'ended' }] } }, "event 'lock.*'"],
  ['a target that is a string', { on: { STEP: 'ended' } }, 'on'],
  ['reenter', step({ reenter: true }), 'reenter'],
];

describe('what the language does not have is refused, with machine, state and word', () => {
  test.each(refused)('%s', (_, odd, word) => {
    let error: unknown;
    try {
      readMachine(withState(odd));
    } catch (e) {
      error = e;
    }
    expect(error).toBeInstanceOf(LanguageError);
    expect(error).toMatchObject({ machine: 'strange', state: 'odd', word });
    expect(String(error)).toContain("machine 'strange', state 'odd'");
  });

  test('words of the root', () => {
    expect(() => readMachine(withState({}, { on: { STEP: {} } }))).toThrow(
      /machine 'strange', state '\(root\)': on/,
    );
    expect(() => readMachine(withState({}, { entry: apply }))).toThrow(/entry/);
  });

  test('a machine of the language is read', () => {
    const table = readMachine(withState(step({ guard: when, actions: apply })));
    expect(table.places.map((p) => p.name)).toEqual(['odd', 'ended']);
    expect(table.places[0]!.events[0]!.branches[0]).toMatchObject({ target: 1, guard: literal(1) });
  });
});
