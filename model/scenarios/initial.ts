import type { Field } from './field.ts';
import type { Mm, SlotContent } from './scenario.ts';

const contents = [
  'shared',
  'private',
  'none',
  'huge',
  'devmap',
  'swap',
] as const satisfies readonly SlotContent[];

/** What each slot of each mm holds at the start. `members[i]`: whether mm i shares; one that does not has empty slots. */
export function readInitial(
  field: Field,
  members: readonly boolean[],
  slots: number,
): readonly (readonly SlotContent[])[] {
  const perSlot = readPerSlot(field, slots);
  const first = members.indexOf(true);
  return members.map((member, mm) =>
    perSlot.map((content) => (!member || (content === 'private' && mm !== first) ? 'none' : content)),
  );
}

function readPerSlot(field: Field, slots: number): readonly SlotContent[] {
  if (!(field.value instanceof Map)) {
    const content = field.given ? field.oneOf(contents, 'initial state') : 'shared';
    return Array.from({ length: slots }, () => content);
  }
  field.object(['slots']);
  const list = field.member('slots');
  const given = list.list().map((slot) => slot.oneOf(contents, 'initial state'));
  if (given.length !== slots) {
    list.fail('contradiction', `${given.length} slots here, but config.slots is ${slots}`);
  }
  return given;
}

/** The way back: the `initial` of a file that gives these slots; null if no file can say it. */
export function initialOf(
  mms: readonly Mm[],
): SlotContent | { readonly slots: readonly SlotContent[] } | null {
  const members = mms.filter((mm) => mm.member);
  if (mms.some((mm) => !mm.member && mm.slots.some((content) => content !== 'none'))) return null;
  const perSlot = (mms[0]?.slots ?? []).map((_, slot): SlotContent | null => {
    const [first, ...others] = members.map((mm) => mm.slots[slot]);
    if (first === undefined) return 'none';
    const rest = first === 'private' ? 'none' : first;
    return others.every((content) => content === rest) ? first : null;
  });
  const known = perSlot.filter((content) => content !== null);
  if (known.length < perSlot.length) return null;
  const [first = 'none'] = known;
  return known.every((content) => content === first) ? first : { slots: known };
}
