import { type Assertion, assert, type Effect, set, when } from '../language/effect.ts';
import {
  any,
  both,
  differ,
  type Expression,
  either,
  equal,
  ifElse,
  NONE,
  type Operand,
  plus,
  times,
} from '../language/expression.ts';
import { each, type Kernel } from './kernel.ts';

/**
 * What an mm must find in its memory, for the property of that name. Pages stand for their contents, with three things to
 * mind: a page may be written in place by one of its users; a copy that nobody has written to yet has the contents of
 * the original; and what was discarded may still be found until there is something new and everybody was flushed. Nothing of
 * this is kept where nobody reads.
 */
const at = (k: Kernel, slot: Operand, entry: Operand): Expression =>
  plus(times(slot, k.shape.entries), entry);

/** Is `page` right for a reader of that entry of the mm? */
export const isOwnData = (
  k: Kernel,
  mm: Operand,
  slot: Operand,
  entry: Operand,
  page: Operand,
): Expression => {
  const expected = k.expected.at(mm, at(k, slot, entry));
  const right = any([
    equal(page, expected),
    equal(page, k.discarded.at(mm, at(k, slot, entry))),
    both(differ(expected, NONE), equal(page, k.copyOf.at(expected))),
  ]);
  const writer = k.pageWriter.at(page);
  return both(right, either(equal(writer, NONE), equal(writer, mm)));
};

/** The promise about a reader of that entry, which finds `page`. */
export const findsOwnData = (
  k: Kernel,
  mm: Operand,
  slot: Operand,
  entry: Operand,
  page: Operand,
): Assertion =>
  assert(
    'reads-own-data',
    isOwnData(k, mm, slot, entry, page),
    'what the mm wrote last, or had from its fork: {0}',
    '{1} is read, last written in place by {2}',
    [k.expected.at(mm, at(k, slot, entry)), page, k.pageWriter.at(page)],
  );

/** Before a write of new data: what was discarded earlier is right only until the flush that is still to come. */
export const forgetDiscarded = (k: Kernel, mm: Operand, slot: Operand, entry: Operand): Effect[] => {
  if (!k.shape.readsData) return [];
  const discarded = k.discarded.at(mm, at(k, slot, entry));
  const stays = both(equal(k.expected.at(mm, at(k, slot, entry)), NONE), k.flushOwed.at(mm));
  return [set(discarded, ifElse(stays, discarded, NONE))];
};

/** Before an entry is discarded on request: a discard is not a write. */
export const rememberDiscarded = (k: Kernel, mm: Operand, slot: Operand, entry: Operand): Effect[] => {
  if (!k.shape.readsData) return [];
  const expected = k.expected.at(mm, at(k, slot, entry));
  const discarded = k.discarded.at(mm, at(k, slot, entry));
  return [set(discarded, ifElse(equal(expected, NONE), discarded, expected)), set(k.flushOwed.at(mm), 1)];
};

/** After a flush of the mm nobody may find what was discarded and then written anew. */
export const flushData = (k: Kernel, mm: Operand): readonly Effect[] =>
  k.shape.readsData
    ? [
        set(k.flushOwed.at(mm), 0),
        ...each(k.slot, (s) =>
          each(k.entry, (e) =>
            when(differ(k.expected.at(mm, at(k, s, e)), NONE), [set(k.discarded.at(mm, at(k, s, e)), NONE)]),
          ),
        ).flat(2),
      ]
    : [];

/** A copy is mapped instead of the original although nothing was written. */
export const copyUnchanged = (k: Kernel, original: Operand, copy: Operand): Effect[] =>
  k.shape.readsData ? [set(k.copyOf.at(copy), original)] : [];

/** The page is the mm's alone, and it writes to it. */
export const writeInPlace = (k: Kernel, mm: Operand, page: Operand): Effect[] =>
  k.shape.readsData ? [set(k.pageWriter.at(page), mm), set(k.copyOf.at(page), NONE)] : [];

/** A fork gives the child the page as it is. */
export const shareData = (k: Kernel, page: Operand): Effect[] =>
  k.shape.readsData ? [set(k.pageWriter.at(page), NONE)] : [];
