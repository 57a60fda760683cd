import { ascii } from '../evidence/ascii.ts';
import { count } from '../evidence/verdicts.ts';
import { readMachine } from '../model/language/reading.ts';
import { describePath } from '../model/scenarios/path-descriptions.ts';
import type { PathName, Scenario } from '../model/scenarios/scenario.ts';
import { slug } from '../model/scenarios/slug.ts';
import { suites } from '../model/scenarios/suites/index.ts';
import { protocols } from '../model/variants/index.ts';
import { engines } from './parts.ts';

/** The first shipped scenario in which a thread runs the path: its machine stands in a kernel that has all it needs. */
function scenarioOf(path: PathName): { readonly scenario: Scenario; readonly thread: number } {
  for (const scenario of Object.values(suites).flat()) {
    const thread = scenario.threads.findIndex((t) => t.run === path);
    if (thread >= 0) return { scenario, thread };
  }
  throw new Error(`no scenario runs ${path}`);
}

/** What a path does: its steps on the patch as posted, function by function, each with its line. */
export function explainPath(path: PathName): string {
  const { scenario, thread } = scenarioOf(path);
  const system = engines.js.assemble(scenario, protocols[0]!, []);
  const steps = readMachine(system.threads[thread]!.machine).places.flatMap(({ meta }) =>
    meta ? [meta] : [],
  );
  const lines: string[] = [];
  let current = '';
  for (const { function: name, file, line, says } of steps) {
    if (name !== current) lines.push(`  ${name}() in ${file}`);
    current = name;
    lines.push(`    ${String(line).padStart(5)}  ${ascii(says)}`);
  }
  return [
    `${path} (thread)\n`,
    `  ${describePath(path)}\n`,
    `  ${count(steps.length, 'step')} on ${protocols[0]!.name}, as in "${ascii(scenario.name)}"; not every run takes all:\n`,
    ...lines.map((line) => `${line}\n`),
    `  Try: cowpte check --scenario ${slug(scenario.name)}\n`,
  ].join('');
}
