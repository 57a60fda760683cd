import { type Configuration, endedThreads, initialConfiguration } from '../explorer/program/configuration.ts';
import type { Program } from '../explorer/program/program.ts';
import { applyEffects, evaluate } from '../model/language/interpreter.ts';

/**
 * Breadth first on plain objects, the states visited as a set of their JSON texts; nothing is judged. Ends when it has met `most`
 * states.
 */
export function plainSearch(program: Program, most = Number.POSITIVE_INFINITY): number {
  const initial = initialConfiguration(program);
  const seen = new Set([JSON.stringify(initial)]);
  const queue: Configuration[] = [initial];
  for (const now of queue) {
    const ended = endedThreads(program, now);
    for (const thread of program.threads) {
      const { place, local } = now.threads[thread.number]!;
      const moment = { shared: now.shared, local, ended };
      for (const event of thread.places[place]!.events) {
        const branch = event.branches.find(
          ({ guard }) => guard === null || evaluate(guard, thread.scope, moment) !== 0,
        );
        if (!branch) continue;
        const after = applyEffects(branch.effects, thread.scope, moment, []);
        const threads = now.threads.with(thread.number, { place: branch.target, local: after.local });
        const next: Configuration = { ...now, shared: after.shared, threads };
        const key = JSON.stringify(next);
        if (seen.has(key)) continue;
        if (seen.size === most) return most;
        seen.add(key);
        queue.push(next);
      }
    }
  }
  return seen.size;
}
