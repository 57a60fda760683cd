import type { Context } from '../actions/step.ts';
import { addressOf } from '../values/address.ts';
import { kindOfValue, sameMm, type Value } from '../values/value.ts';
import { boundsOfVma } from '../values/vma.ts';

const thing = (what: string): Value => ({ k: 'thing', what });

const gather = { mm: thing('mm'), fullmm: { k: 'opaque', what: 'fullmm' } } as const;

/** What the model has of the kernel's objects: their members by name. `&` is the address of a member. */
const members: Readonly<Record<string, Readonly<Record<string, Value>>>> = {
  vma: { vm_mm: thing('mm'), vm_ops: { k: 'null' }, vm_flags: thing('vm_flags') },
  'vma with vm_ops': { vm_mm: thing('mm'), vm_ops: thing('vm_ops') },
  tlb: gather,
  'tlb with pages of the slot': gather,
  mm: { '&write_protect_seq': thing('write_protect_seq'), '&flags': thing('flags') },
};

/** A member of an object of the kernel, or of the struct vm_fault that a fault hands over. */
export function memberOf(of: Value, name: string, c: Context): Value {
  if (of.k === 'thing') {
    const found = memberOfThing(of, name, c);
    if (found) return found;
    return c.fail(
      'value',
      `the model does not keep '${name.replace('&', '')}' of ${of.what}`,
      'leave it out, or report what it is needed for',
    );
  }
  return c.fail(
    'value',
    `'${name}' of ${kindOfValue(of)}`,
    'only members of structs that the model has can be read',
  );
}

function memberOfThing(of: Value & { readonly k: 'thing' }, name: string, c: Context): Value | undefined {
  if (of.what === 'vmf') return ofFault(name, c);
  if (of.what.startsWith('vma') && (name === 'vm_start' || name === 'vm_end'))
    return boundsOfVma(of, c)[name];
  const found = members[of.what]?.[name];
  // A counter or flag of an mm belongs to that mm.
  return found?.k === 'thing' ? { ...found, ...sameMm(of.mm) } : found;
}

function ofFault(name: string, c: Context): Value | undefined {
  if (name === 'vma') return thing('vma');
  if (name === 'pmd') return { k: 'slot', slot: c.path.slot };
  return name === 'address' ? addressOf(c.path.slot as never, null) : undefined;
}
