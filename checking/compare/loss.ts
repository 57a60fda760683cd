import type { SourceBranch } from '../coverage/branches.ts';

/** A step of the source that one protocol takes and the other does not. */
interface LostStep extends Pick<SourceBranch, 'function' | 'file' | 'line' | 'step' | 'says' | 'takenBy'> {
  /** The other protocol has it too, and never takes it; else it has no such step. */
  readonly isThere: boolean;
}

/** A way on that one protocol takes and the other does not, although both take the step, and the one after it. */
type LostBranch = LostStep & Pick<SourceBranch, 'event' | 'leadsTo'>;

/** What only one of two protocols does. */
export interface Loss {
  readonly steps: readonly LostStep[];
  readonly branches: readonly LostBranch[];
}

// Lines count in different sources: a step is known by its names.
const stepOf = (b: SourceBranch): string => JSON.stringify([b.file, b.function, b.step, b.says]);
const branchOf = (b: SourceBranch): string => JSON.stringify([stepOf(b), b.event, b.leadsTo]);
/** The step that comes after, as far as it is one of the same function. */
const after = (b: SourceBranch): string => JSON.stringify([b.file, b.function, b.leadsTo]);
const place = (b: SourceBranch): string => JSON.stringify([b.file, b.function, b.step]);

/** What of the first list is taken by somebody, and in the second by nobody. */
export function lossOf(own: readonly SourceBranch[], other: readonly SourceBranch[]): Loss {
  const taken = other.filter((b) => b.takenBy.length > 0);
  const [steps, stepsTaken] = [new Set(other.map(stepOf)), new Set(taken.map(stepOf))];
  const [branches, branchesTaken] = [new Set(other.map(branchOf)), new Set(taken.map(branchOf))];
  const places = new Set(taken.map(place));
  const goesOnAlike = (b: SourceBranch): boolean =>
    b.leadsTo === 'return' || b.leadsTo === 'stopped' || places.has(after(b));
  const lostSteps = new Map<string, LostStep>();
  const lostBranches = new Map<string, LostBranch>();
  for (const branch of own.filter((b) => b.takenBy.length > 0)) {
    const { function: within, file, line, step, says, event, leadsTo, takenBy } = branch;
    const what = { function: within, file, line, step, says, takenBy };
    const [s, b] = [stepOf(branch), branchOf(branch)];
    if (!stepsTaken.has(s)) {
      if (!lostSteps.has(s)) lostSteps.set(s, { ...what, isThere: steps.has(s) });
    } else if (!branchesTaken.has(b) && !lostBranches.has(b) && goesOnAlike(branch)) {
      lostBranches.set(b, { ...what, isThere: branches.has(b), event, leadsTo });
    }
  }
  return { steps: [...lostSteps.values()], branches: [...lostBranches.values()] };
}
