import { RenamedText } from '../../../explorer/reduce/renaming.ts';
import { type Effect, set } from '../../../model/language/effect.ts';
import { literal } from '../../../model/language/expression.ts';
import { elements, indicesOf } from '../../../model/language/variable.ts';
import { EffectText } from './effects.ts';
import { lifted, type Told } from './lifting.ts';
import type { MonitorText } from './monitors.ts';
import type { SymmetricText } from './text.ts';

/** The start state. A value that is never set would be one of its own: only elements that are none stay undefined. */
export function startText(text: SymmetricText, monitors: MonitorText): string {
  const { program } = text.plan;
  const effects = new EffectText(text);
  const outside = text.inside(program.scope, null, null);
  const stores = program.system.shared.flatMap((v) =>
    Array.from({ length: elements(v) }, (_, n) => {
      const indices = indicesOf(v, n);
      return set({ k: 'shared', name: v.name, at: indices.map((i) => literal(i)) }, v.initial(...indices));
    }),
  );
  const told: Told<Effect> = (effect, renaming) => new RenamedText(renaming, program.scope).effects([effect]);
  const shared = lifted(stores, outside, text.bases, told).map(({ item, over }) =>
    outside.with(over).needing((c) => text.looped(c.bound, effects.lines([item], c))),
  );
  const threads = program.threads.flatMap((t) => {
    const known = text.storage.threads.get(t.number);
    if (!known) return [];
    return text.inside(t.scope, t.number, text.bases.threads[t.number]!).needing((c) => {
      const locals = t.locals.map((l) => set({ k: 'local', name: l.name }, l.initial));
      const place = `${text.placeOf(t.number, c)} := ${known.places[t.entry]};`;
      return [text.looped(c.bound, [place, effects.lines(locals, c)].join('\n').trimEnd())];
    });
  });
  const watching = program.monitors.flatMap((m) => {
    if (!text.storage.monitors.has(m.number)) return [];
    const c = monitors.contextOf(m);
    return [text.looped(c.bound, `${monitors.placeOf(m, c)} := ${m.entry};`)];
  });
  const lines = [...shared, ...threads, ...watching].join('\n').replace(/^(?=.)/gm, '  ');
  return `startstate "start"\nbegin\n${lines}\nend;`;
}
