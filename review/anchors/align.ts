import { createHash } from 'node:crypto';
import type { ParsedUnit } from '../syntax/parsed-unit.ts';
import type { Anchor, Part, UnitAnchors } from './anchor.ts';

/** A statement of the patch under review. */
export interface Placed {
  readonly file: string;
  readonly unit: string;
  readonly line: number;
  readonly mailLine: number;
}

/** How the statements of a patch relate to those that the model was made from. */
export interface Alignment {
  /** Statements that are known, with what they are in the model. */
  readonly known: readonly { readonly at: Placed; readonly part: Part }[];
  /** Statements that the model does not know. */
  readonly added: readonly Placed[];
  /** Statements of the model that are not in the patch: file:line as version 5 leaves it. */
  readonly gone: readonly { readonly at: string; readonly part: Part }[];
  /** The same statement at another place of its function. */
  readonly moved: readonly { readonly at: Placed; readonly from: string; readonly part: Part }[];
  /** Another statement in the place of a known one. */
  readonly changed: readonly { readonly at: Placed; readonly from: string; readonly part: Part }[];
}

/** What a statement is known by: its text without white space. */
export const statementDigest = (text: string): string =>
  createHash('sha256').update(text.replace(/\s/g, '')).digest('hex').slice(0, 12);

type Statement = Placed & { readonly digest: string };
type Old = { readonly at: string; readonly digest: string; readonly part: Part };

/**
 * Aligns the added statements of each function with the known ones by a longest common subsequence, never by the n-th occurrence of
 * a text: an inserted copy of a statement then does not shift what follows it.
 */
export function align(units: readonly ParsedUnit[], known: readonly UnitAnchors[]): Alignment {
  const parts: Alignment[] = [];
  const seen = new Set<UnitAnchors>();
  for (const { unit, statements } of units) {
    const of = known.find((k) => k.unit === unit.name && k.file === unit.file);
    if (of) seen.add(of);
    const added = statements
      .filter((s) => s.at.added)
      .map(
        ({ text, at }): Statement => ({
          file: at.file,
          unit: unit.name ?? '',
          line: at.fileLine,
          mailLine: at.mailLine,
          digest: statementDigest(text),
        }),
      );
    parts.push(alignUnit(added, of ? oldOf(of) : []));
  }
  for (const unit of known) if (!seen.has(unit)) parts.push(alignUnit([], oldOf(unit)));
  return {
    known: parts.flatMap((p) => p.known),
    added: parts.flatMap((p) => p.added),
    gone: parts.flatMap((p) => p.gone),
    moved: parts.flatMap((p) => p.moved),
    changed: parts.flatMap((p) => p.changed),
  };
}

const oldOf = ({ file, statements }: UnitAnchors): Old[] =>
  statements.map(([line, digest, part]: Anchor) => ({ at: `${file}:${line}`, digest, part }));

function alignUnit(now: readonly Statement[], old: readonly Old[]): Alignment {
  const pairs = commonSubsequence(
    now.map((s) => s.digest),
    old.map((o) => o.digest),
  );
  const known = pairs.map(([i, j]) => ({ at: placed(now[i]!), part: old[j]!.part }));
  let [added, gone]: [Statement[], Old[]] = [[], []];
  const changed: Alignment['changed'][number][] = [];
  // Between two statements that are known, what is new in one text stands in the place of what is gone from the other.
  for (const [n, [i, j]] of [...pairs, [now.length, old.length] as const].entries()) {
    const [before, beforeOld] = pairs[n - 1] ?? [-1, -1];
    added.push(...now.slice(before + 1, i));
    gone.push(...old.slice(beforeOld + 1, j));
  }
  const moved = added.flatMap((s) => {
    const from = gone.find((o) => o.digest === s.digest);
    if (!from) return [];
    gone = gone.filter((o) => o !== from);
    return [{ statement: s, at: placed(s), from: from.at, part: from.part }];
  });
  added = added.filter((s) => !moved.some((m) => m.statement === s));
  for (const s of added) {
    const from = placeOf(s, now, old, pairs, gone);
    if (!from) continue;
    changed.push({ at: placed(s), from: from.at, part: from.part });
    added = added.filter((x) => x !== s);
    gone = gone.filter((x) => x !== from);
  }
  return {
    known,
    added: added.map(placed),
    gone: gone.map(({ at, part }) => ({ at, part })),
    moved: moved.map(({ at, from, part }) => ({ at, from, part })),
    changed,
  };
}

/** The first statement still gone from the gap in which this one stands. */
function placeOf(
  s: Statement,
  now: readonly Statement[],
  old: readonly Old[],
  pairs: readonly (readonly [number, number])[],
  gone: readonly Old[],
): Old | undefined {
  const index = now.indexOf(s);
  const [, from] = pairs.filter(([i]) => i < index).at(-1) ?? [-1, -1];
  const [, to] = pairs.find(([i]) => i > index) ?? [now.length, old.length];
  return gone.find((o) => old.indexOf(o) > from && old.indexOf(o) < to);
}

const placed = ({ file, unit, line, mailLine }: Statement): Placed => ({ file, unit, line, mailLine });

/** The index pairs of a longest common subsequence (Wagner and Fischer, The string-to-string correction problem, 1974). */
function commonSubsequence(
  a: readonly string[],
  b: readonly string[],
): readonly (readonly [number, number])[] {
  const longest = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i]![j] =
        a[i] === b[j] ? longest[i + 1]![j + 1]! + 1 : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!);
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let [i, j] = [0, 0]; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (longest[i + 1]![j]! >= longest[i]![j + 1]!) i++;
    else j++;
  }
  return pairs;
}
