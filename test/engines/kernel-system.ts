import { assemble } from '../../checking/assemble.ts';
import type { System } from '../../model/language/system.ts';
import { jsonValue } from '../../model/scenarios/json-text.ts';
import { resolveScenario } from '../../model/scenarios/read.ts';
import { protocols } from '../../model/variants/index.ts';
import { properties } from '../../properties/index.ts';

/** A closed system of the kernel: `A:write-fault` for each thread, or `B:idle` for an mm that only shares. */
export function kernelSystem(
  threads: readonly string[],
  protocol = 'v5',
  config: Readonly<Record<string, unknown>> = {},
): System {
  const parts = threads.map((t) => t.split(':') as [string, string]);
  const file = {
    name: `${threads.join(', ')} (${protocol})`,
    mms: Object.fromEntries(parts.map(([mm]) => [mm, {}])),
    threads: parts.filter(([, run]) => run !== 'idle').map(([mm, run]) => ({ mm, run })),
    config,
  };
  const found = protocols.find((p) => p.name === protocol);
  if (!found) throw new Error(`no protocol ${protocol}`);
  return assemble(resolveScenario(jsonValue(file), file.name), found, properties);
}

/** The same system with the named checks alone. */
export const withChecks = (system: System, names: readonly string[]): System => ({
  ...system,
  checks: system.checks.filter((c) => names.includes(c.name)),
});
