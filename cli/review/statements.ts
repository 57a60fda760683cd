import type { ReviewedStatements } from '../../evidence/review/page.ts';
import type { Alignment, Placed } from '../../review/anchors/align.ts';
import { reasons } from '../../review/anchors/anchor.ts';

/** What the model has of the statements of a patch, in numbers and sentences; null for a patch of something else. */
export function reviewedStatements({
  known,
  added,
  gone,
  moved,
  changed,
}: Alignment): ReviewedStatements | null {
  if (known.length === 0) return null;
  const parts = [...known, ...moved].map(({ part }) => part);
  const counts = Object.entries(reasons).map(([reason, because]) => ({
    because,
    count: parts.filter((part) => part === reason).length,
  }));
  return {
    modelled: parts.filter((part) => part === 'steps').length,
    irrelevant: counts.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count),
    drift: [
      ...changed.map(({ at, from }) => `changed: ${place(at)}, which was ${from}`),
      ...added.map((at) => `new: ${place(at)}`),
      ...moved.map(({ at, from }) => `moved: ${place(at)}, which was ${from}`),
      ...gone.map(({ at, part }) => `gone: ${at}${part === 'steps' ? ', a step of the model' : ''}`),
    ],
  };
}

const place = ({ file, line, unit, mailLine }: Placed): string =>
  `${file}:${line} in ${unit}() (line ${mailLine} of the mail)`;
