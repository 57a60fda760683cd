import type { ProgramThread } from '../../../explorer/program/program.ts';
import type { Junctions } from '../../plan/expression-text.ts';
import { Waits } from '../../plan/waits.ts';
import { operators } from '../dialect.ts';
import { indent, quoted } from '../step.ts';
import type { Context } from './context.ts';
import { openText, stepsOf } from './rules.ts';
import type { SymmetricText } from './text.ts';

/** Deadlocks as invariants, as in the text without scalarsets: functions tell who can move and who waits without excuse. */
export function deadlockTexts(text: SymmetricText): readonly string[] {
  const { plan } = text;
  const { program } = plan;
  const checks = program.checks.filter((c) => plan.judge && c.declared.deadlock !== null);
  if (checks.length === 0) return [];
  const outside = text.inside(program.scope, null, null);
  const everyone = program.threads.map((t) => t.number);
  const some = (work: (thread: ProgramThread, c: Context) => string): string =>
    text.joined(
      '||',
      everyone,
      outside,
      (t, { threads }) => String(threads[t]),
      (t, c) => work(program.threads[t]!, c.of(program.threads[t]!)),
    );
  const stuck = text.names.fresh('stuck');
  const texts = [
    `function ${stuck}(): boolean;\nbegin\n  return !(${some((t, c) => enabled(t, c, text))});\nend;`,
  ];
  const dies = new Map([...text.storage.threads.keys()].map((t) => [t, text.names.fresh('dies')]));
  const isExcused = (t: ProgramThread, c: Context): string =>
    dies.get(text.firstOf(t.number))! + text.values.threadIndex(t.number, c);
  for (const { declared } of checks) {
    const { onlyAt } = declared.deadlock!;
    const name = text.names.fresh(`deadlock ${declared.name}`);
    const guilty = some((t, c) => {
      const places = t.places.filter((p) => p.final === null && (onlyAt === null || p.tags.has(onlyAt)));
      const at = text.at(
        t.number,
        places.map((p) => p.number),
        c,
      );
      return plan.canStop ? `(${at} & !${isExcused(t, c)})` : at;
    });
    const body = [
      `if !${stuck}() then return false; end;`,
      ...(plan.canStop ? excuses(text, isExcused) : []),
      `return ${guilty};`,
    ];
    const variables = [...dies].map(([t, variable]) => {
      const { base } = text.bases.threads[t]!;
      return `  ${variable}: ${base === null ? '' : `array [${text.storage.baseNames[base]}] of `}boolean;`;
    });
    const declarations = plan.canStop ? `var\n${variables.join('\n')}\n` : '';
    texts.push(
      `function ${name}(): boolean;\n${declarations}begin\n${indent(body.join('\n'), 2)}\nend;`,
      `invariant ${quoted(declared.name)} !${name}();`,
    );
  }
  return texts;
}

function enabled(thread: ProgramThread, c: Context, text: SymmetricText): string {
  const places = text.plan.threads[thread.number]!.places.flatMap((planned) => {
    const open = stepsOf(planned, c, text).map(({ item, over }) =>
      c.with(over).needing((inner) => text.quantified('||', c.since(inner), openText(item, inner, text))),
    );
    if (open.length === 0) return [];
    const at = text.at(thread.number, [planned.place.number], c);
    return [open.includes('true') ? at : `(${at} & (${open.join(' | ')}))`];
  });
  return places.length === 0 ? 'false' : `(${places.join(' | ')})`;
}

/** Which threads wait, directly or through others, for one that has stopped. */
function excuses(
  text: SymmetricText,
  isExcused: (t: ProgramThread, c: Context) => string,
): readonly string[] {
  const { program } = text.plan;
  const firsts = program.threads.filter((t) => text.storage.threads.has(t.number));
  const loop = (c: Context, body: string): string => text.looped(c.bound, body);
  const own = (t: ProgramThread): Context => text.inside(t.scope, t.number, text.bases.threads[t.number]!);
  const first = firsts.map((t) => {
    const c = own(t);
    return loop(c, `${isExcused(t, c)} := ${text.final('stopped', t.number, c)};`);
  });
  // A pair stands for all pairs that it becomes when its two threads become others.
  const seen = new Set<string>();
  const edges = firsts.flatMap((t) =>
    program.threads.flatMap((u) => {
      const images = text.bases.group.map((s) => `${s.threads[t.number]} ${s.threads[u.number]}`);
      if (u.number === t.number || images.some((pair) => seen.has(pair))) return [];
      for (const pair of images) seen.add(pair);
      const { base, at } = text.bases.threads[u.number]!;
      const pair = base === null ? own(t) : own(t).with([{ base, at }]);
      const edge = pair.needing((c) => {
        const waits = waitingText(text, t, u, c);
        if (waits === null) return null;
        const mine = isExcused(t, c);
        return loop(c, `${mine} := ${mine} | (${isExcused(u, c)} & ${waits});`);
      });
      return edge === null ? [] : [edge];
    }),
  );
  // A chain of waiting threads has at most as many links as there are other threads.
  return [...first, ...Array.from({ length: program.threads.length - 1 }, () => edges).flat()];
}

function waitingText(text: SymmetricText, t: ProgramThread, u: ProgramThread, c: Context): string | null {
  const dialect: Junctions = {
    ...operators,
    ended: (thread) => text.final('ended', thread, c),
  };
  return new Waits({
    program: text.plan.program,
    dialect,
    truth: (e, thread) => text.truth(e, c.of(thread)),
    at: (thread, places) => text.at(thread.number, places, c),
  }).text(t, u);
}
