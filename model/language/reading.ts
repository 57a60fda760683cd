import type { AnyStateMachine } from 'xstate';
import type { Effect } from './effect.ts';
import type { Expression } from './expression.ts';
import { ENDED, type PlaceMeta, type RootMeta, STOPPED } from './machine.ts';
import type { LocalDeclaration } from './variable.ts';

/** A machine as every reader but XState sees it: a table of places, read from `machine.config` alone. */
export interface MachineTable {
  readonly name: string;
  readonly locals: Readonly<Record<string, LocalDeclaration>>;
  readonly parameters: readonly string[];
  readonly entry: number;
  readonly places: readonly TablePlace[];
}

interface TablePlace {
  readonly name: string;
  readonly final: 'ended' | 'stopped' | null;
  readonly meta: PlaceMeta | null;
  readonly tags: readonly string[];
  /** In the order in which they are declared; traces prefer earlier ones. */
  readonly events: readonly TableEvent[];
}

interface TableEvent {
  readonly name: string;
  readonly branches: readonly TableBranch[];
}

interface TableBranch {
  /** Number of the place that follows. */
  readonly target: number;
  readonly guard: Expression | null;
  readonly effects: readonly Effect[];
  readonly kinds: readonly string[];
}

/** A word of XState that the language does not have, or a word that it has, used wrongly. */
export class LanguageError extends Error {
  override readonly name = 'LanguageError';
  readonly machine: string;
  readonly state: string;
  readonly word: string;
  constructor(machine: string, state: string, word: string, why: string) {
    super(`machine '${machine}', state '${state}': ${word}: ${why}`);
    this.machine = machine;
    this.state = state;
    this.word = word;
  }
}

type Config = Readonly<Record<string, unknown>>;
const ROOT_WORDS = new Set(['id', 'initial', 'context', 'meta', 'states']);
const STATE_WORDS = new Set(['type', 'meta', 'tags', 'on', 'description']);
const BRANCH_WORDS = new Set(['target', 'guard', 'actions', 'meta', 'description']);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
const list = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];
const isRecord = (value: unknown): value is Config =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads a machine; throws a LanguageError that names machine, state and word for anything the language does not have. */
export function readMachine(machine: AnyStateMachine): MachineTable {
  const config = machine.config as Config;
  const name = textOf(config['id'] ?? '(no id)');
  const refuse = (state: string, word: string, why: string): never => {
    throw new LanguageError(name, state, word, why);
  };
  const onlyWords = (state: string, given: Config, known: ReadonlySet<string>): void => {
    for (const word of Object.keys(given)) {
      if (!known.has(word)) refuse(state, word, 'is not a word of the language');
    }
  };
  const { schemas: _typesOnly, ...words } = config;
  onlyWords('(root)', words, ROOT_WORDS);
  const root = config['meta'] as RootMeta | undefined;
  const states = (config['states'] ?? {}) as Readonly<Record<string, Config>>;
  const numbers = new Map(Object.keys(states).map((state, i) => [state, i]));

  const guardOf = (state: string, guard: unknown): Expression | null => {
    if (guard === undefined) return null;
    if (typeof guard === 'string') return refuse(state, `guard '${guard}'`, 'a guard needs parameters');
    if (!isRecord(guard)) return refuse(state, 'guard', 'an inline function is not data');
    if (guard['type'] !== 'when')
      return refuse(state, `guard '${String(guard['type'])}'`, 'unknown; the one guard is when');
    const test = isRecord(guard['params']) ? guard['params']['test'] : undefined;
    return isRecord(test)
      ? (test as unknown as Expression)
      : refuse(state, 'guard when', 'needs params.test');
  };
  const effectsOf = (state: string, actions: unknown): readonly Effect[] => {
    // A second action would overwrite what the first one reports as broken promises.
    if (list(actions).length > 1) refuse(state, 'actions', 'a transition has one action');
    return list(actions).flatMap((action) => {
      if (typeof action === 'string')
        return refuse(state, `action '${action}'`, 'an action needs parameters');
      if (!isRecord(action)) return refuse(state, 'action', 'an inline function is not data');
      if (action['type'] !== 'apply') {
        return refuse(state, `action '${String(action['type'])}'`, 'unknown; the one action is apply');
      }
      const effects = isRecord(action['params']) ? action['params']['effects'] : undefined;
      return Array.isArray(effects)
        ? (effects as readonly Effect[])
        : refuse(state, 'action apply', 'needs params.effects');
    });
  };
  const branchOf = (state: string, given: unknown): TableBranch => {
    if (!isRecord(given)) return refuse(state, 'on', 'a transition is an object with a target');
    onlyWords(state, given, BRANCH_WORDS);
    const target = numbers.get(String(given['target']));
    if (target === undefined) return refuse(state, `target '${String(given['target'])}'`, 'no such state');
    const meta = given['meta'] as { readonly kinds?: readonly string[] } | undefined;
    return {
      target,
      guard: guardOf(state, given['guard']),
      effects: effectsOf(state, given['actions']),
      kinds: meta?.kinds ?? [],
    };
  };
  const placeOf = ([state, given]: readonly [string, Config]): TablePlace => {
    onlyWords(state, given, STATE_WORDS);
    if (state.includes('.')) refuse(state, 'state name', 'XState reads a dot as a path into nested states');
    const final = given['type'] === 'final';
    if (given['type'] !== undefined && !final)
      refuse(state, `type '${textOf(given['type'])}'`, 'only final is known');
    const on = (given['on'] ?? {}) as Readonly<Record<string, unknown>>;
    if (final && Object.keys(on).length > 0) refuse(state, 'on', 'a final state takes no step');
    for (const event of Object.keys(on)) {
      if (event.includes('*')) refuse(state, `event '${event}'`, 'wildcards are not data');
    }
    return {
      name: state,
      final: final ? (state === STOPPED ? STOPPED : ENDED) : null,
      meta: (given['meta'] as PlaceMeta | undefined) ?? null,
      tags: list(given['tags']).map(String),
      events: Object.entries(on).map(([event, branches]) => ({
        name: event,
        branches: list(branches).map((b) => branchOf(state, b)),
      })),
    };
  };
  const entry = numbers.get(String(config['initial']));
  if (entry === undefined) refuse('(root)', `initial '${String(config['initial'])}'`, 'no such state');
  return {
    name,
    locals: root?.locals ?? {},
    parameters: root?.parameters ?? [],
    entry: entry as number,
    places: Object.entries(states).map(placeOf),
  };
}
