import { readLocation, readParts } from './locations.ts';

/** What a slot says: the table that it points to, or what else is in it, and its write bit. */
export function readSlot(value: string): { readonly table: string; readonly writable: boolean } {
  const { table = '', w = '0', kind = 'table' } = readParts(value, 'table');
  return { table: kind === 'table' ? table : kind, writable: w === '1' };
}

export function slotText(value: string): string {
  const { table, writable } = readSlot(value);
  return table === 'none' ? 'empty' : `${table} W=${writable ? '1' : '0'}`;
}

export function entryText(location: string, value: string): string {
  const { page = '', w, kind } = readParts(value, 'page');
  const index = readLocation(location).indices.slice(1).join(':');
  const bit = w === undefined || page === 'none' ? '' : ` W=${w}`;
  return `[${index}] ${kind === undefined || kind === 'present' ? '' : `${kind} `}${page}${bit}`;
}

/** A location of an mm: its sequence count, a lock, a cached slot. */
export function mmText(location: string, value: string): string {
  const { name, indices } = readLocation(location);
  const [first = ''] = indices;
  const of = first.includes('/') ? `${name} of ${first}` : name;
  if (name === 'seq') return `seq ${value} (${Number(value) % 2 === 1 ? 'odd' : 'even'})`;
  return `${of} ${name.endsWith('lock') ? lockText(value) : value}`;
}

function lockText(value: string): string {
  if (value === 'none' || value === '0') return 'free';
  if (value === '-1') return 'write-held';
  return /^\d+$/.test(value) ? `read-held ${value}` : value;
}
