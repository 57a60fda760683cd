/** A number of switches and a number of steps. Fewer switches are less, whatever the steps. */
export interface Cost {
  readonly switches: number;
  readonly steps: number;
}

export const atMost = (a: Cost, b: Cost): boolean =>
  a.switches < b.switches || (a.switches === b.switches && a.steps <= b.steps);

/** For each check the least cost of a run known to violate it. */
export class FewestSwitches {
  readonly costs: (Cost | null)[];

  constructor(checks: number) {
    this.costs = Array.from({ length: checks }, () => null);
  }

  record(check: number, cost: Cost): void {
    const known = this.costs[check];
    if (!known || !atMost(known, cost)) this.costs[check] = cost;
  }

  get violated(): readonly number[] {
    return this.costs.flatMap((cost, check) => (cost ? [check] : []));
  }
}
