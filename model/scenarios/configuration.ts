import type { Field } from './field.ts';
import type { Configuration } from './scenario.ts';

/** How a key of the configuration is read, what it is when left out, and what it means. */
interface Key<T> {
  readonly read: (field: Field) => T;
  readonly fallback: T;
  readonly about: string;
}

const whole = (low: number, high: number, about: string): Key<number> => ({
  read: (field) => field.integer(low, high),
  fallback: low,
  about: `${about}, ${low} to ${high}`,
});
const flag = (fallback: boolean, about: string): Key<boolean> => ({
  read: (f) => f.boolean(),
  fallback,
  about,
});

/** Every key of the configuration, in the order in which it is written and listed. */
export const configurationKeys: { readonly [K in keyof Configuration]: Key<Configuration[K]> } = {
  debugVm: flag(true, 'CONFIG_DEBUG_VM: without it a VM_WARN_ON does not evaluate its argument'),
  splitPtlocks: flag(true, "split PTE locks: the lock lives in the table's page; else one lock per mm"),
  rcuTableFree: flag(false, 'page tables are freed after an RCU grace period'),
  allocFailures: whole(0, 8, 'how many allocations may fail in a run'),
  entries: whole(1, 4, 'mapped anonymous pages per table'),
  slots: whole(1, 2, 'slots (PMD entries of 2 MiB) per mm'),
  memory: {
    read: (field) => {
      const model = field.text();
      if (model !== 'sc') {
        field.fail('not-known-yet', `the memory model '${model.slice(0, 20)}' is not known`, "use 'sc'");
      }
      return 'sc';
    },
    fallback: 'sc',
    about: 'the memory model: sc, sequential consistency',
  },
};

const names = Object.keys(configurationKeys) as (keyof Configuration)[];

/** Reads a configuration; keys that are left out get their defaults. */
export function readConfiguration(field: Field): Configuration {
  if (field.given) field.object(names);
  const read = <K extends keyof Configuration>(name: K): Configuration[K] => {
    const given = field.member(name);
    return given.given ? configurationKeys[name].read(given) : configurationKeys[name].fallback;
  };
  return Object.fromEntries(names.map((name) => [name, read(name)])) as unknown as Configuration;
}
