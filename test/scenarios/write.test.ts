import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isFork } from '../../model/scenarios/fork-targets.ts';
import { jsonValue } from '../../model/scenarios/json-text.ts';
import { readScenario, resolveScenario } from '../../model/scenarios/read.ts';
import { pathNames } from '../../model/scenarios/scenario.ts';
import { suites } from '../../model/scenarios/suites/index.ts';
import { scenarioToJson } from '../../model/scenarios/write.ts';

const tasks = pathNames.filter((path) => path !== 'exit');
const content = fc.constantFrom('shared', 'private', 'none');
const mostForks = 4;

interface File {
  readonly mms: Readonly<Record<string, object>>;
  readonly threads: readonly { readonly mm: string; readonly run: string; readonly slot?: number }[];
  readonly config: { readonly slots: number };
}

/** The same with a child for every fork and a destination for every mremap, without those that cannot have one. */
function possible<F extends File>(file: F): F {
  const { slots } = file.config;
  const other = file.threads.filter((t) => !isFork(t.run) && (t.run !== 'mremap' || slots > 1));
  const forks = file.threads.filter((t) => isFork(t.run)).slice(0, mostForks);
  const threads = [...other, ...forks].map((t) =>
    t.run === 'mremap' ? { ...t, to: (t.slot ?? 0) === 0 ? 1 : 0 } : t,
  );
  const children = Object.fromEntries(forks.map((_, i) => [`child-${i}`, { member: false }]));
  return { ...file, threads, mms: { ...file.mms, ...children } };
}

/** Scenario files of all forms, most keys optional. */
const file = fc
  .record({
    names: fc.uniqueArray(fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,5}$/), { minLength: 1, maxLength: 4 }),
    slots: fc.integer({ min: 1, max: 2 }),
  })
  .chain(({ names, slots }) =>
    fc.record(
      {
        name: fc.string({ minLength: 1 }).map((text) => `n${text}`),
        about: fc.string(),
        mms: fc.constant(Object.fromEntries(names.map((name) => [name, {}]))),
        initial: fc.oneof(
          content,
          fc.array(content, { minLength: slots, maxLength: slots }).map((list) => ({ slots: list })),
        ),
        threads: fc.array(
          fc.record(
            {
              mm: fc.constantFrom(...names),
              run: fc.constantFrom(...tasks),
              slot: fc.integer({ min: 0, max: slots - 1 }),
              after: fc.constant('own'),
            },
            { requiredKeys: ['mm', 'run'] },
          ),
          { minLength: 1, maxLength: 10 },
        ),
        config: fc.record(
          {
            slots: fc.constant(slots),
            debugVm: fc.boolean(),
            splitPtlocks: fc.boolean(),
            rcuTableFree: fc.boolean(),
            allocFailures: fc.integer({ min: 0, max: 8 }),
            entries: fc.integer({ min: 1, max: 4 }),
          },
          { requiredKeys: ['slots'] },
        ),
      },
      { requiredKeys: ['mms', 'threads', 'config'] },
    ),
  )
  .map(possible)
  .filter((given) => given.threads.length > 0);

test('reading what was written gives the same scenario', () => {
  fc.assert(
    fc.property(file, (given) => {
      const scenario = readScenario(JSON.stringify(given), 'given.json');
      const written = scenarioToJson(scenario);
      expect(readScenario(JSON.stringify(written), 'written.json')).toEqual(scenario);
      expect(resolveScenario(jsonValue(written), 'written')).toEqual(scenario);
    }),
  );
});

test('any text is read or answered with one line of ASCII', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      try {
        readScenario(text, 'x.json');
      } catch (error) {
        expect((error as { line?: string }).line).toMatch(/^[\x20-\x7e]+$/);
      }
    }),
  );
});

test('the scenarios that come with the program survive the way through a file', () => {
  for (const scenario of Object.values(suites).flat()) {
    expect(readScenario(JSON.stringify(scenarioToJson(scenario)), 'x')).toEqual(scenario);
  }
});
