import type { Program } from '../../../explorer/program/program.ts';
import { RenamedText } from '../../../explorer/reduce/renaming.ts';
import { symmetriesOf } from '../../../explorer/reduce/symmetry.ts';
import type { Condition, System } from '../../../model/language/system.ts';
import { Names } from '../../plan/names.ts';
import { type Plan, type PlanCondition, type PrintOptions, planOf } from '../../plan/plan.ts';
import { quoted } from '../step.ts';
import { reserved } from '../words.ts';
import { type Bases, basesOf } from './bases.ts';
import { deadlockTexts } from './deadlock.ts';
import type { Told } from './lifting.ts';
import { MonitorText } from './monitors.ts';
import { RuleText } from './rules.ts';
import { startText } from './start.ts';
import { Storage } from './storage.ts';
import { SymmetricText } from './text.ts';

/**
 * The system in Murphi with scalarsets, for the symmetry reduction of rumur (Ip and Dill, Better verification through symmetry, 1996).
 * With --symmetry-reduction exhaustive its states are the orbits that the explorer counts with symmetry as its only reduction.
 *
 * Scalarsets have no names for their elements and no order. So each set of things that the symmetries permute at will (threads, or
 * mms with all that belongs to them) is one scalarset, and a table is written as its place among the things of an mm and the mm it
 * goes with; a table that no symmetry moves goes with none. What the model says of single elements becomes a ruleset, a loop or a
 * quantifier.
 */
export function symmetricMurphiText(system: System, options: PrintOptions = {}): string {
  const plan = planOf(system, options);
  const { program } = plan;
  const names = new Names([...reserved, ...reserved.map((w) => w.toUpperCase())]);
  const bases = basesOf(program);
  const storage = new Storage(plan, bases, names);
  const ways = plan.threads.flatMap((t) => t.places.flatMap((p) => p.steps.flatMap((s) => s.ways)));
  const scratch = new Map(
    [...new Set(ways.flatMap((w) => w.scratch))].map((flag) => [flag, names.fresh(flag)]),
  );
  const text = new SymmetricText(plan, bases, storage, scratch, names);
  const monitors = new MonitorText(text);
  const rules = new RuleText(text, monitors, scratch);
  const below = [
    ...monitors.texts(),
    ...plan.threads.flatMap(({ thread, places }) => {
      if (!storage.threads.has(thread.number)) return [];
      const c = text.inside(thread.scope, thread.number, bases.threads[thread.number]!);
      return places.flatMap((place) => rules.rules(thread, place, c));
    }),
    startText(text, monitors),
    ...invariants(text),
    ...deadlockTexts(text),
  ];
  return `${[
    header(plan, bases, storage.baseNames),
    `type\n${storage.types.join('\n')}`,
    `var\n${storage.lines.join('\n')}`,
    ...[...text.sums].map(([rest, name]) => `function ${name}${rest}`),
    ...below,
  ].join('\n\n')}\n`;
}

const plain = (text: string): string => text.replace(/[^ -~]/g, '?');

function header({ program }: Plan, bases: Bases, baseNames: readonly string[]): string {
  const [used, all] = [bases.group.length, symmetriesOf(program).length];
  const skipped = program.checks.filter((c) => c.declared.leaves !== null);
  return [
    `-- ${plain(program.system.name)}`,
    '--',
    '-- rumur --deadlock-detection off --symmetry-reduction exhaustive --output model.c FILE',
    '-- gcc -O3 -mcx16 -o model model.c -lpthread && ./model',
    '--',
    ...(used === all
      ? [`-- States are those of a search with symmetry as its only reduction: ${all} symmetries.`]
      : [`-- Of ${all} symmetries the text shows ${used}: the others do not permute a set at will.`]),
    ...baseNames.map((name, base) => `-- ${name}: ${plain(copiesOf(program, bases, base))}`),
    ...skipped.map((c) => `-- Not judged here: fair cycles of ${plain(c.declared.name)}.`),
  ].join('\n');
}

/** The threads that go with each element of a base. */
function copiesOf({ threads }: Program, bases: Bases, base: number): string {
  const copies = Array.from({ length: bases.sizes[base]! }, (_, at) =>
    threads.filter(({ number }) => bases.threads[number]!.base === base && bases.threads[number]!.at === at),
  );
  const names = copies.map((copy) => copy.map((t) => t.id).join(' and '));
  return `${names.join('; ')}; each with all that belongs to it`;
}

/** One invariant for each check: rumur names it when it fails. */
function invariants(text: SymmetricText): readonly string[] {
  const { plan } = text;
  const { program } = plan;
  const c = text.inside(program.scope, null, null);
  const told: Told<Condition> = ({ that }, renaming) =>
    new RenamedText(renaming, program.scope).expression(that);
  const all = (conditions: readonly PlanCondition[]): string =>
    text.joined('&&', conditions, c, told, ({ that }, inner) => text.truth(that, inner));
  return program.checks.flatMap(({ number, declared }) => {
    const [always, atEnd] = [plan.always, plan.atEnd].map((list) => list.filter((x) => x.check === number));
    const parts = always!.length === 0 ? [] : [all(always!)];
    const everyone = program.threads.map((t) => t.number);
    if (atEnd!.length > 0) parts.push(`(!${text.ended(everyone, c)} | ${all(atEnd!)})`);
    return parts.length === 0 ? [] : [`invariant ${quoted(declared.name)} ${parts.join(' & ')};`];
  });
}
