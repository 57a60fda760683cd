import type { Effect } from '../../model/language/effect.ts';
import type { Expression } from '../../model/language/expression.ts';
import { walk } from '../program/accesses.ts';
import type { ProgramThread } from '../program/program.ts';

function addUses(e: Expression, live: Set<string>): void {
  walk(e, (x) => {
    if (x.k === 'local') live.add(x.name);
  });
}

function liveBefore(effects: readonly Effect[], after: ReadonlySet<string>): Set<string> {
  let live = new Set(after);
  for (const effect of [...effects].reverse()) {
    switch (effect.k) {
      case 'set':
        if (effect.to.k === 'local') live.delete(effect.to.name);
        else for (const i of effect.to.at) addUses(i, live);
        addUses(effect.value, live);
        break;
      case 'assert':
        // Whether it is judged or not: XState evaluates it, and its facts must stay within their ranges.
        for (const e of [effect.that, ...effect.facts]) addUses(e, live);
        break;
      case 'if':
        live = new Set([...liveBefore(effect.then, live), ...liveBefore(effect.otherwise, live)]);
        addUses(effect.test, live);
        break;
    }
  }
  return live;
}

/**
 * For each place of a thread the locals that no run from there reads before it writes them. Resetting them on entry joins
 * states that differ in nothing that matters (Holzmann's and Bozga, Fernandez and Ghirvu's dead-variable reduction).
 */
export function deadLocals(thread: ProgramThread): readonly ReadonlySet<string>[] {
  const live = thread.places.map(() => new Set<string>());
  for (let grown = true; grown; ) {
    grown = false;
    for (const place of [...thread.places].reverse()) {
      const here = live[place.number]!;
      const before = here.size;
      for (const branch of place.events.flatMap((e) => e.branches)) {
        for (const name of liveBefore(branch.effects, live[branch.target]!)) here.add(name);
        if (branch.guard) addUses(branch.guard, here);
      }
      grown ||= here.size > before;
    }
  }
  return live.map((here) => new Set(thread.locals.map((l) => l.name).filter((name) => !here.has(name))));
}
