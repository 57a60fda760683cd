import { assemble } from '../../checking/assemble.ts';
import { explore } from '../../explorer/search/explore.ts';
import { suites } from '../../model/scenarios/suites/index.ts';
import { protocols } from '../../model/variants/index.ts';
import { mutants } from '../../model/variants/mutants.ts';
import type { Edits, Protocol } from '../../model/variants/protocol.ts';
import { properties } from '../../properties/index.ts';

/** What an exhaustive search said: names of properties, in their order. */
export interface Explored {
  readonly exhaustive: boolean;
  readonly states: number;
  readonly violated: readonly string[];
  readonly exercised: readonly string[];
}

/** Judges every property in a scenario that comes with the program. */
export function explored(protocol: Protocol, scenario: string): Explored {
  const found = Object.values(suites)
    .flat()
    .find((s) => s.name === scenario);
  if (!found) throw new Error(`no scenario '${scenario}'`);
  const { exhaustive, states, findings } = explore(assemble(found, protocol, properties), {});
  return {
    exhaustive,
    states,
    violated: findings.filter((f) => f.verdict === 'violated').map((f) => f.check),
    exercised: findings.filter((f) => f.exercised).map((f) => f.check),
  };
}

export function protocolNamed(name: string): Protocol {
  const found = [...protocols, ...mutants].find((p) => p.name === name);
  if (!found) throw new Error(`no protocol ${name}`);
  return found;
}

/** The protocol with some edits made differently. */
export const edited = (name: string, edits: Partial<Edits>): Protocol => {
  const { about, edits: own } = protocolNamed(name);
  return { name: `${name}, edited`, about, edits: { ...own, ...edits } };
};
