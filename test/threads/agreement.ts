import { expect } from 'vitest';
import { edgesOf } from '../explorer/edges.ts';
import { type Case, systemOf } from './explored.ts';

/** The generated code and XState give the same edges in the first states of each case. */
export function expectSameEdges(cases: readonly Case[], most: number): void {
  for (const given of cases) {
    const { compiled, xstate } = edgesOf(systemOf(given), false, most);
    expect(compiled).toEqual(xstate);
  }
}
