import type { Scenario } from '../model/scenarios/scenario.ts';
import { kernelPath } from '../model/threads/index.ts';
import type { ScenarioFacts } from '../properties/property.ts';

/** What is asked for in a scenario: what may be gone at the end because somebody requested it. */
export const factsOf = (scenario: Scenario): ScenarioFacts => {
  const requested = (mm: number, slot: number, entry: number): boolean =>
    scenario.threads.some((t) => {
      const { requests } = kernelPath(t.run);
      if (t.mm !== scenario.mms[mm]?.name || requests === 'nothing') return false;
      if (requests === 'all-slots') return t.entry === null || (t.slot === slot && t.entry === entry);
      return t.slot === slot && (t.entry === null || t.entry === entry);
    });
  return {
    exits: scenario.mms.map((mm) =>
      scenario.threads.some((t) => t.mm === mm.name && kernelPath(t.run).exits),
    ),
    keeps: (mm, slot, entry) => {
      const content = scenario.mms[mm]?.slots[slot];
      return (content === 'shared' || content === 'private') && !requested(mm, slot, entry);
    },
  };
};
