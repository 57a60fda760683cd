import type { Expression } from '../../model/language/expression.ts';
import { type Program, type ProgramMonitor, placeOf } from '../program/program.ts';
import { type CheckSite, type CodeContext, truthCode } from './expression-code.ts';
import { type Layout, maskOf } from './layout.ts';
import { inMemory, loadedOnce, readCell, standing } from './words-code.ts';

/** Functions that judge a state in the output array: each text stands once, so that the steps stay small enough for V8. */
export interface ConditionCode {
  /** Name of a function of (O, q) that tells whether all the conditions are true. */
  readonly conditions: (those: readonly Expression[], where: string) => string;
  /** Name of a function of (O, q) that lets the monitor take its step; it tells whether that violates. */
  readonly monitor: (monitor: ProgramMonitor) => string;
  readonly functions: () => readonly string[];
}

export function conditionCode(
  program: Program,
  layout: Layout,
  site: (s: CheckSite) => number,
): ConditionCode {
  const names = new Map<string, string>();
  const functions: string[] = [];
  const words = inMemory(layout, 'O', 'q');

  const define = (
    key: string,
    name: string,
    body: (context: CodeContext) => string,
    where: string,
  ): string => {
    const known = names.get(key);
    if (known !== undefined) return known;
    names.set(key, name);
    const temporaries: string[] = [];
    const temporary = (): string => {
      const fresh = `t${temporaries.length}`;
      temporaries.push(fresh);
      return fresh;
    };
    const context = { program, layout, scope: program.scope, locals: new Map(), where, site, temporary };
    const code = body(context);
    const declared = temporaries.length > 0 ? `let ${temporaries.map((t) => `${t} = 0`).join(', ')};` : '';
    functions.push(`function ${name}(O, q) {\n${declared}\n${code}\n}`);
    return name;
  };

  return {
    functions: () => functions,
    conditions: (those, where) =>
      define(JSON.stringify(those), `c${names.size}`, (context) => allBody(those, context), where),
    monitor: (monitor) =>
      define(
        `monitor ${monitor.number}`,
        `w${monitor.number}`,
        (context) => monitorBody(monitor, context),
        `monitor '${monitor.id}'`,
      ),
  };

  /** Each word is loaded once for all. */
  function allBody(those: readonly Expression[], context: CodeContext): string {
    const once = loadedOnce(layout, 'O', 'q', 's');
    const code = those.map((that) => truthCode(that, context, once)).join(' && ');
    const loads = [...once.loaded].map((n) => `const s${n} = O[q + ${n}];`);
    return [...loads, `return ${code};`].join('\n');
  }

  function monitorBody(monitor: ProgramMonitor, context: CodeContext): string {
    const cells = layout.monitors[monitor.number]!;
    const cases = monitor.places.map((place) => {
      const branches = place.events.map((event) => {
        const ways = event.branches.map(
          ({ guard, target }) => `if (${guard ? truthCode(guard, context, words) : 'true'}) ${goTo(target)}`,
        );
        return ways.join('\nelse ');
      });
      return `case ${place.number}: ${branches.join('\n')} return false;`;
    });
    return `switch (${readCell(words, cells, 0)}) {\n${cases.join('\n')}\n}\nreturn false;`;

    function goTo(target: number): string {
      if (target === monitor.violated) return 'return true;';
      if (cells.bits === 0) return 'return false;';
      placeOf(monitor, target);
      const { word, shift } = standing(cells, 0);
      const old = words.word(word);
      return `{ ${old} = (${old} & ${~(maskOf(cells) << shift)}) | ${target << shift}; return false; }`;
    }
  }
}
