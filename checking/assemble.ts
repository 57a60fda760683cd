import type { AnyStateMachine } from 'xstate';
import { declareKernel, type Kernel } from '../model/kernel/kernel.ts';
import type { Check, System, ThreadDeclaration } from '../model/language/system.ts';
import type { Scenario, ThreadOfScenario } from '../model/scenarios/scenario.ts';
import { kernelPath } from '../model/threads/index.ts';
import type { Protocol } from '../model/variants/protocol.ts';
import type { Property, ScenarioFacts } from '../properties/property.ts';
import { layoutAtStart } from './layout-at-start.ts';

/**
 * Puts a closed system together: the kernel's variables in the sizes that the scenario needs, a machine for each thread,
 * a check for each property.
 */
export function assemble(scenario: Scenario, protocol: Protocol, properties: readonly Property[]): System {
  const { config } = scenario;
  const start = layoutAtStart(scenario);
  const paths = scenario.threads.map((t) => kernelPath(t.run));
  const pools = paths.map((p) => p.tables(config));
  const pagesAtStart = start.tables * config.entries;
  const kernel = declareKernel({
    mms: scenario.mms.map((mm) => mm.name),
    threads: threadIds(scenario),
    slots: config.slots,
    entries: config.entries,
    initialTables: start.tables,
    tables: start.tables + pools.reduce((a, b) => a + b, 0),
    pages: pagesAtStart + paths.filter((p) => p.allocatesPage).length,
    allocFailures: config.allocFailures,
    debugVm: config.debugVm,
    splitPtlocks: config.splitPtlocks,
    slotAtStart: start.slotAtStart,
    specialSlots: false,
  });
  const machines = new Map<string, AnyStateMachine>();
  const machineOf = (run: ThreadOfScenario['run']): AnyStateMachine => {
    const built = machines.get(run) ?? kernelPath(run).build(kernel, protocol.edits);
    machines.set(run, built);
    return built;
  };
  let nextTable = start.tables;
  let nextPage = pagesAtStart;
  const threads = scenario.threads.map((t, me): ThreadDeclaration => {
    const pool = nextTable;
    nextTable += pools[me] as number;
    const page = paths[me]?.allocatesPage ? nextPage++ : 0;
    return {
      id: kernel.thread.labels[me] as string,
      machine: machineOf(t.run),
      parameters: { mm: mmNumber(scenario, t), slot: t.slot, me, pool, page, entry: t.entry ?? 0 },
      groups: { own: tasksOf(scenario, t.mm) },
    };
  });
  const facts = factsOf(scenario);
  return {
    name: scenario.name,
    shared: mentioned(kernel, machines),
    threads,
    checks: properties.map((p) => checkOf(p, kernel, facts)),
  };
}

const mmNumber = (scenario: Scenario, t: ThreadOfScenario): number =>
  scenario.mms.findIndex((mm) => mm.name === t.mm);

/** `MM/index among the threads of that mm in file order`. */
export function threadIds(scenario: Scenario): string[] {
  const seen = new Map<string, number>();
  return scenario.threads.map((t) => {
    const n = seen.get(t.mm) ?? 0;
    seen.set(t.mm, n + 1);
    return `${t.mm}/${n}`;
  });
}

const tasksOf = (scenario: Scenario, mm: string): number[] =>
  scenario.threads.flatMap((t, i) =>
    t.mm === mm && t.after !== 'own' && kernelPath(t.run).isTask ? [i] : [],
  );

const factsOf = (scenario: Scenario): ScenarioFacts => ({
  exits: scenario.mms.map((mm) =>
    scenario.threads.some((t) => t.mm === mm.name && kernelPath(t.run).unmapsAll),
  ),
  keeps: (mm, slot) => scenario.mms[mm]?.slots[slot] !== 'none',
});

function checkOf(property: Property, kernel: Kernel, facts: ScenarioFacts): Check {
  const nothing = { always: [], atEnd: [], monitors: [], deadlock: null, leaves: null };
  return {
    ...nothing,
    ...property.check(kernel, facts),
    name: property.name,
    exercisedBy: property.exercisedBy,
  };
}

/** The variables that some machine mentions: the others never change, and no property speaks of them. */
function mentioned(kernel: Kernel, machines: ReadonlyMap<string, AnyStateMachine>) {
  const text = [...machines.values()].map((m) => JSON.stringify(m.config)).join('');
  const core = new Set([
    'slot_table',
    'slot_w',
    'ref',
    'life',
    'pte_page',
    'expected_page',
    'seq',
    'open_sections',
    'ptl',
    'page_table_lock',
  ]);
  return kernel.shared.filter((v) => core.has(v.name) || text.includes(`"k":"shared","name":"${v.name}"`));
}
