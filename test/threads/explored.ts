import { assemble } from '../../checking/assemble.ts';
import { explore } from '../../explorer/search/explore.ts';
import type { System } from '../../model/language/system.ts';
import { jsonValue } from '../../model/scenarios/json-text.ts';
import { resolveScenario } from '../../model/scenarios/read.ts';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import { protocols } from '../../model/variants/index.ts';
import { properties } from '../../properties/index.ts';

/**
 * A small scenario: threads as `A:cpu`, with further keys as `A:mremap to=1`; an mm without a thread as `B`, one that is not yet a
 * member as `+C`; the protocol is v5 unless named.
 */
export interface Case {
  readonly threads: readonly string[];
  readonly protocol?: string;
  readonly initial?: unknown;
  readonly config?: Readonly<Record<string, unknown>>;
}

const scenarioOf = ({ threads, initial, config = {} }: Case): Scenario => {
  const parts = threads.map((t) => {
    const [who = '', ...keys] = t.split(' ');
    const [name = '', run] = who.split(':');
    const numbers = keys.map((key) => key.split('=')).map(([key, value]) => [key, Number(value)]);
    return {
      mm: name.replace('+', ''),
      member: !name.startsWith('+'),
      run,
      keys: Object.fromEntries(numbers),
    };
  });
  const mms = Object.fromEntries(parts.map(({ mm, member }) => [mm, member ? {} : { member }]));
  const running = parts.flatMap(({ mm, run, keys }) => (run === undefined ? [] : [{ mm, run, ...keys }]));
  const file = { name: threads.join(', '), mms, threads: running, config, ...(initial ? { initial } : {}) };
  return resolveScenario(jsonValue(file), file.name);
};

export const systemOf = (given: Case): System => {
  const protocol = protocols.find((p) => p.name === (given.protocol ?? 'v5'));
  if (!protocol) throw new Error(`no protocol ${given.protocol}`);
  return assemble(scenarioOf(given), protocol, properties);
};

/** The whole graph of a case, without reductions: how many states, and what is violated, in the order of the list. */
export function explored(given: Case): { readonly states: number; readonly violated: readonly string[] } {
  const outcome = explore(systemOf(given), { reduce: 'none' });
  if (!outcome.exhaustive) throw new Error('not searched to the end');
  const violated = outcome.findings.filter((f) => f.verdict === 'violated').map((f) => f.check);
  return { states: outcome.states, violated };
}

/**
 * The branches of a path that none of the cases takes, as `place EVENT number`. Places that `alike` gives the same name count as
 * one.
 */
export function neverTaken(
  run: string,
  cases: readonly Case[],
  alike: (place: string) => string = (place) => place,
): readonly string[] {
  const taken = new Map<string, boolean>();
  for (const given of cases) {
    const { threads } = scenarioOf(given);
    for (const branch of explore(systemOf(given)).coverage) {
      if (threads[branch.thread]?.run !== run) continue;
      const name = `${alike(branch.place)} ${branch.event} ${branch.branch}`;
      taken.set(name, (taken.get(name) ?? false) || branch.taken);
    }
  }
  return [...taken].flatMap(([name, was]) => (was ? [] : [name]));
}
