import { MOST_SHARDS } from '../explorer/wasm/wasm-program.ts';
import { InputError } from '../model/scenarios/input-error.ts';
import { quoted } from '../model/scenarios/quoted.ts';

type Units = Readonly<Record<string, number>>;
const bytes: Units = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };
const milliseconds: Units = { '': 1000, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

function quantity(text: string, option: string, units: Units, example: string): number {
  const [, digits = '', unit = ''] = /^([0-9]+(?:\.[0-9]+)?)([a-zA-Z]*)$/.exec(text) ?? [];
  const factor = units[unit.toLowerCase()];
  const value = digits === '' || factor === undefined ? Number.NaN : Math.round(Number(digits) * factor);
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new InputError('value', option, `${quoted(text)} is not ${example}`);
  }
  return value;
}

/** A whole number that is not below the least, such as a number of states. */
export function readCount(text: string, option: string, least: 0 | 1 = 1): number {
  const value = /^[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value) && value >= least) return value;
  const what = least === 1 ? 'a positive whole number' : 'a whole number';
  throw new InputError('value', option, `${quoted(text)} is not ${what}`);
}

/** A number that random walks follow from. */
export function readSeed(text: string): number {
  const seed = readCount(text, '--seed', 0);
  if (seed < 2 ** 32) return seed;
  throw new InputError('value', '--seed', `${quoted(text)} is not below 2^32`);
}

/** Threads of a search. */
export function readThreads(text: string): number {
  const threads = readCount(text, '--threads');
  if (threads <= MOST_SHARDS) return threads;
  throw new InputError('value', '--threads', `${quoted(text)} is above ${MOST_SHARDS}, the most`);
}

/** Bytes, such as 512M or 2G. */
export const readMemory = (text: string, option: string): number =>
  quantity(text.replace(/i?[bB]$/, ''), option, bytes, 'an amount of memory such as 512M or 2G');

/** Milliseconds from a time such as 30s, 2m or 500ms; a bare number counts seconds. */
export const readDuration = (text: string, option: string): number =>
  quantity(text, option, milliseconds, 'a time such as 30s or 2m');
