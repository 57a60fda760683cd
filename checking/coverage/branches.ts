import type { BranchCount } from '../../explorer/outcome.ts';
import { type ProgramPlace, readSystem } from '../../explorer/program/program.ts';
import type { System } from '../../model/language/system.ts';
import type { PathName, Scenario } from '../../model/scenarios/scenario.ts';
import { whyNever } from './why-never.ts';

/** A way to leave a step of the source, and which paths of the kernel took it. */
export interface SourceBranch {
  readonly function: string;
  readonly file: string;
  /** Which patch (or plain tree) the line counts in. */
  readonly source: string;
  readonly line: number;
  /** The place without what tells one use of the code from another, and what the step does. */
  readonly step: string;
  readonly says: string;
  readonly event: string;
  /** The place that follows, named in the same way; `return` where it is in another function, `stopped` where the thread dies. */
  readonly leadsTo: string;
  /** The paths whose machines have it, and those that took it. */
  readonly paths: readonly PathName[];
  readonly takenBy: readonly PathName[];
  /** Why nobody took it, where that is known: null where it is not, and where somebody did. */
  readonly why: string | null;
}

/** A branch of one use of the code. */
export type BranchUse = Omit<SourceBranch, 'paths' | 'takenBy' | 'why'> & {
  readonly path: PathName;
  readonly taken: boolean;
};

/** The code of a slot, an entry or an attempt is that of each. */
const bare = (place: string): string => place.slice(place.lastIndexOf('/') + 1);

/** What a search of one scenario took, by the branches of its threads. */
export function usesOf(
  scenario: Scenario,
  system: System,
  coverage: readonly BranchCount[],
): readonly BranchUse[] {
  const { threads } = readSystem(system);
  return coverage.map(({ thread, place: name, event, branch, taken }) => {
    const { places } = threads[thread]!;
    const { meta, events } = places.find((p) => p.name === name)!;
    const { target } = events.find((e) => e.name === event)!.branches[branch]!;
    return {
      function: meta?.function ?? '',
      file: meta?.file ?? '',
      source: meta?.source ?? '',
      line: meta?.line ?? 0,
      step: bare(name),
      says: meta?.says ?? '',
      event,
      leadsTo: leadsTo(places[target]!, meta?.function ?? ''),
      path: scenario.threads[thread]!.run,
      taken,
    };
  });
}

/** What comes after a function depends on its caller: that is another matter. */
const leadsTo = ({ name, final, meta }: ProgramPlace, within: string): string => {
  if (final === 'stopped') return 'stopped';
  return meta?.function === within ? bare(name) : 'return';
};

/** Puts the uses of each branch of the source together, in the order of the source. */
export function branchesOf(uses: Iterable<BranchUse>): readonly SourceBranch[] {
  const found = new Map<string, { readonly use: BranchUse; paths: Set<PathName>; takenBy: Set<PathName> }>();
  for (const use of uses) {
    const key = [use.source, use.file, use.function, use.line, use.step, use.event, use.leadsTo].join('\n');
    const known = found.get(key) ?? { use, paths: new Set(), takenBy: new Set() };
    found.set(key, known);
    known.paths.add(use.path);
    if (use.taken) known.takenBy.add(use.path);
  }
  return [...found.values()]
    .map(({ use: { path: _path, taken: _taken, ...where }, paths, takenBy }): SourceBranch => {
      const why = takenBy.size > 0 ? null : whyNever(where);
      return { ...where, paths: [...paths].sort(), takenBy: [...takenBy].sort(), why };
    })
    .sort(inOrder);
}

function inOrder(a: SourceBranch, b: SourceBranch): number {
  const text = (x: SourceBranch): string => [x.file, x.source].join('\n');
  const rest = (x: SourceBranch): string => [x.step, x.event, x.leadsTo].join('\n');
  if (text(a) !== text(b)) return text(a) < text(b) ? -1 : 1;
  return a.line - b.line || (rest(a) < rest(b) ? -1 : 1);
}
