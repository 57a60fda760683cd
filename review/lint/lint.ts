import type { ParsedUnit } from '../syntax/parsed-unit.ts';
import type { FunctionTree } from '../syntax/tree.ts';
import { type Finding, Findings } from './finding.ts';
import { unusedLabels } from './labels.ts';
import { effectsInWarnings } from './lost-effects.ts';

/** What can be said of the functions of a text without running them. */
export function lint(units: readonly ParsedUnit[]): readonly Finding[] {
  const trees = units.flatMap(({ unit, tree }) => (unit.kind === 'function' && tree ? [tree] : []));
  const functions = new Map(trees.map((tree): [string, FunctionTree] => [tree.name, tree]));
  const findings = new Findings();
  for (const tree of trees) {
    for (const finding of [...unusedLabels(tree), ...effectsInWarnings(tree, functions)])
      findings.add(finding);
  }
  return findings.all;
}
