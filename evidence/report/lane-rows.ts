import type { ShownStep, ShownTrace } from './unpack.ts';

/** A row of the lanes from top to bottom. */
export type LaneRow =
  | {
      readonly kind: 'step';
      readonly step: ShownStep /** Named where it changes. */;
      readonly enters: string | null;
    }
  | { readonly kind: 'hand-over'; readonly from: number; readonly to: number }
  | { readonly kind: 'fold'; readonly first: number; readonly last: number };

/** The rows of a trace; `all` shows the steps that have no part in the violation as well. */
export function laneRows({ steps }: ShownTrace, all: boolean): readonly LaneRow[] {
  const rows: LaneRow[] = [];
  const functions = new Map<number, string>();
  let cpu: number | null = null;
  for (const step of steps) {
    if (!all && !step.part) {
      const last = rows.at(-1);
      if (last?.kind === 'fold') rows[rows.length - 1] = { ...last, last: step.n };
      else rows.push({ kind: 'fold', first: step.n, last: step.n });
      continue;
    }
    if (cpu !== null && cpu !== step.cpu) rows.push({ kind: 'hand-over', from: cpu, to: step.cpu });
    cpu = step.cpu;
    const enters = functions.get(step.cpu) === step.function ? null : step.function;
    functions.set(step.cpu, step.function);
    rows.push({ kind: 'step', step, enters });
  }
  return rows;
}
