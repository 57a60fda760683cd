import { coverageFrom, coverageText, type SavedNote } from '../checkpoint/position.ts';
import type { Course, CourseBy } from '../outcome.ts';
import type { Program } from '../program/program.ts';
import { exercisedChecks } from './exercised.ts';

interface Note {
  readonly at: number;
  readonly states: number;
  readonly coverage: Uint8Array;
  /** Numbers of the checks that were violated until then. */
  readonly violated: readonly number[];
}

/** Notes how far a search has come, now and then; what it covered is worked out only if somebody asks. */
export class CourseNotes {
  private readonly by: CourseBy;
  private readonly notes: Note[] = [];

  constructor(by: CourseBy) {
    this.by = by;
  }

  /** Another note at the same point replaces the one before. */
  note(at: number, states: number, coverage: Uint8Array, violated: readonly number[]): void {
    if (this.notes.at(-1)?.at === at) this.notes.pop();
    const before = this.notes.at(-1)?.coverage;
    const same = before?.every((taken, n) => taken === coverage[n]);
    this.notes.push({ at, states, coverage: same ? before! : coverage.slice(), violated });
  }

  /** The notes before a point, to be kept. */
  before(at: number): readonly SavedNote[] {
    const notes = this.notes.filter((note) => note.at < at);
    return notes.map((note) => ({ ...note, coverage: coverageText(note.coverage) }));
  }

  restore(saved: readonly SavedNote[]): void {
    for (const { at, states, coverage, violated } of saved) {
      this.note(at, states, coverageFrom(coverage), violated);
    }
  }

  /** `widen`: what the steps that were taken stand for, if the search left some out that are as good as others. */
  course(program: Program, widen: (coverage: Uint8Array) => Uint8Array = (c) => c): Course {
    let last: { readonly of: Uint8Array; readonly branches: number; readonly exercised: boolean[] } | null =
      null;
    const points = this.notes.map(({ at, states, coverage, violated }, n) => {
      if (last?.of !== coverage) {
        const all = widen(coverage);
        const branches = all.reduce((sum, taken) => sum + taken, 0);
        last = { of: coverage, branches, exercised: exercisedChecks(program, all) };
      }
      const { branches } = last;
      // What was broken was certainly put to the test.
      const exercised = last.exercised.filter((is, check) => is || violated.includes(check)).length;
      const fresh = states - (this.notes[n - 1]?.states ?? 0);
      return { at, states, new: fresh, branches, exercised, violated: violated.length };
    });
    return { by: this.by, branches: program.branches, checks: program.checks.length, points };
  }
}
