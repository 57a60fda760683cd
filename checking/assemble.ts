import type { AnyStateMachine } from 'xstate';
import { declareKernel, type Kernel } from '../model/kernel/kernel.ts';
import type { Check, System, ThreadDeclaration } from '../model/language/system.ts';
import type { SharedDeclaration } from '../model/language/variable.ts';
import { forkTargets } from '../model/scenarios/fork-targets.ts';
import type { Scenario, ThreadOfScenario } from '../model/scenarios/scenario.ts';
import { kernelPath } from '../model/threads/index.ts';
import type { PathOptions } from '../model/threads/path.ts';
import type { Protocol } from '../model/variants/protocol.ts';
import type { Property } from '../properties/property.ts';
import { factsOf } from './facts.ts';
import { partiesOf, startOf, threadIds } from './start.ts';
import { symmetryOf } from './symmetry.ts';

/**
 * Puts a closed system together: the kernel's variables in the sizes that the scenario needs, a machine for each thread,
 * a check for each property.
 */
export function assemble(scenario: Scenario, protocol: Protocol, properties: readonly Property[]): System {
  const { config, threads } = scenario;
  const start = startOf(scenario);
  const paths = threads.map((t) => kernelPath(t.run));
  const options = threads.map((t) => optionsOf(scenario, t));
  const pools = paths.map((p, i) => p.tables(config, options[i] as PathOptions));
  const gups = partiesOf(scenario, 'gup');
  const increments = paths.reduce((n, p, i) => n + p.seqIncrements(config, options[i] as PathOptions), 0);
  const pinnedForks = gups.length > 0 && paths.some((p) => p.forks);
  const kernel = declareKernel({
    mms: scenario.mms.map((mm) => mm.name),
    threads: threadIds(scenario),
    slots: config.slots,
    entries: start.entries,
    initialTables: start.tables,
    // A variable over nothing cannot be declared: without any table there is one that nobody uses, and one page.
    tables: Math.max(1, start.tables + pools.reduce((a, b) => a + b, 0)),
    pages: start.pages.length > 0 ? start.pages : ['P0'],
    zeroPage: start.zeroPage,
    uncountedPages: start.uncountedPages,
    holders: paths.filter((p) => p.holdsUsers).length,
    readsData: paths.some((p) => p.readsData),
    cpus: partiesOf(scenario, 'cpu'),
    gups,
    allocFailures: config.allocFailures,
    debugVm: config.debugVm,
    splitPtlocks: config.splitPtlocks,
    rcuTableFree: config.rcuTableFree,
    seqIncrements: gups.length > 0 ? increments : 0,
    slotAtStart: start.slotAtStart,
    entryAtStart: start.entryAtStart,
    vmaGoneAtStart: start.vmaGoneAtStart,
    vmaSplitAtStart: start.vmaSplitAtStart,
    specialSlots: scenario.mms.some((mm) =>
      mm.slots.some((s) => s === 'huge' || s === 'devmap' || s === 'swap'),
    ),
    specialEntries: paths.some((p) => p.needsEntry === 'swap' || p.needsEntry === 'protnone'),
    speculation: paths.some((p) => p.speculates),
    unmaps: paths.some((p) => p.unmaps),
    fileVmas: paths.some((p) => p.fileVma),
    pinnedForks,
    forksMayFail: config.allocFailures > 0 && paths.some((p) => p.forks),
    moves: paths.some((p) => p.moves),
    globalPtl: protocol.edits.globalPtl,
    slotUnderPmdLock: protocol.edits.slotUnderPmdLock,
    tableLock: protocol.edits.tableLock,
    shareCount: protocol.edits.shareCount,
    breakOfText: protocol.edits.text !== undefined,
  });
  const machineOf = machinesOf(kernel, protocol);
  const children = forkTargets(scenario.mms, threads);
  let nextTable = start.tables;
  const declared = threads.map((t, me): ThreadDeclaration => {
    const pool = nextTable;
    nextTable += pools[me] as number;
    const number = (name: string): number => scenario.mms.findIndex((mm) => mm.name === name);
    return {
      id: kernel.thread.labels[me] as string,
      machine: machineOf(t, options[me] as PathOptions),
      parameters: {
        mm: number(t.mm),
        slot: t.slot,
        to: t.to ?? t.slot,
        me,
        pool,
        page: start.pageOf(me),
        entry: start.entryOf(me),
        cpu: kernel.cpu.labels.indexOf(kernel.thread.labels[me] as string),
        gup: kernel.gup.labels.indexOf(kernel.thread.labels[me] as string),
        child: number(children[me] ?? t.mm),
      },
      groups: { own: ownTasks(scenario, children, t.mm), fork: forksInto(children, t.mm) },
    };
  });
  const facts = factsOf(scenario);
  const checks = properties.map((p) => checkOf(p, kernel, facts));
  const shared = mentioned(kernel, declared, checks);
  return {
    name: scenario.name,
    shared,
    threads: declared,
    checks,
    symmetry: symmetryOf(kernel, declared, pools),
    shape: shared.filter((v) => shapeOfTables(kernel).includes(v)).map((v) => v.name),
  };
}

/** Which slot leads to which table, who shares it, and where it stands in its life. */
const shapeOfTables = (k: Kernel): readonly SharedDeclaration[] => [
  k.slotKind,
  k.slotTable,
  k.slotWritable,
  k.count,
  k.life,
];

/** One machine for all threads that run the same path with the same options. */
function machinesOf(kernel: Kernel, { edits }: Protocol) {
  const machines = new Map<string, AnyStateMachine>();
  return (t: ThreadOfScenario, options: PathOptions): AnyStateMachine => {
    const key = JSON.stringify([t.run, options]);
    const machine = machines.get(key) ?? kernelPath(t.run).build(kernel, edits, options);
    machines.set(key, machine);
    return machine;
  };
}

/** What a thread's machine may depend on beside the kernel and the protocol. */
function optionsOf(scenario: Scenario, t: ThreadOfScenario): PathOptions {
  const vmasAreSplit = scenario.threads.some((other) => {
    const { splitsVma } = kernelPath(other.run);
    return splitsVma === 'always' || (splitsVma === 'if-narrowed' && other.entry !== null);
  });
  return {
    after: t.after,
    narrowed: t.entry !== null,
    to: t.to,
    slot: t.slot,
    entry: t.entry,
    vmasAreSplit,
    pagesArePinned: partiesOf(scenario, 'gup').length > 0,
  };
}

/** The fork that makes an mm. */
const forksInto = (children: readonly (string | null)[], mm: string): number[] =>
  children.flatMap((child, i) => (child === mm ? [i] : []));

/** The tasks of an mm, and the fork that makes it. */
const ownTasks = (scenario: Scenario, children: readonly (string | null)[], mm: string): number[] => {
  const isTask = (t: ThreadOfScenario): boolean =>
    t.mm === mm && t.after !== 'own' && kernelPath(t.run).isTask;
  const tasks = scenario.threads.flatMap((t, i) => (isTask(t) ? [i] : []));
  return [...new Set([...tasks, ...forksInto(children, mm)])].sort((a, b) => a - b);
};

function checkOf(property: Property, kernel: Kernel, facts: ReturnType<typeof factsOf>): Check {
  const nothing = { always: [], atEnd: [], monitors: [], deadlock: null, leaves: null };
  return {
    ...nothing,
    ...property.check(kernel, facts),
    name: property.name,
    exercisedBy: property.exercisedBy,
    byAnother: property.byAnother ?? false,
  };
}

/** The variables that some machine or check mentions: the others never change and nobody looks at them. */
function mentioned(kernel: Kernel, threads: readonly ThreadDeclaration[], checks: readonly Check[]) {
  const machines = [
    ...threads.map((t) => t.machine),
    ...checks.flatMap((c) => c.monitors.map((m) => m.machine)),
  ];
  const conditions = checks.flatMap((c) => [...c.always, ...c.atEnd]);
  const text = JSON.stringify([[...new Set(machines)].map((m) => m.config), conditions]);
  return kernel.shared.filter((v) => text.includes(`"k":"shared","name":"${v.name}"`));
}
