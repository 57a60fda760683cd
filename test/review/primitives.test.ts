import { describe, expect, it } from 'vitest';
import { isPure, isStep } from '../../review/translate/actions/index.ts';
import { environmentPrimitives } from '../../review/translate/environment-primitives.ts';
import { primitives, warnings } from '../../review/translate/primitives.ts';

const flow = new Set(['store through', 'load', 'unless', 'skip if', 'here']);

describe('the table of primitives', () => {
  it('names each once, and says where the kernel defines it', () => {
    const names = primitives.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { where } of [...primitives, ...Object.values(warnings)])
      expect(where).toMatch(/^[a-z0-9/_-]+\.[ch]$/);
    expect(primitives).toHaveLength(99);
  });
  it('says of what fork and zap call without effect why it has none', () => {
    for (const { name, steps, why } of environmentPrimitives)
      expect([name, steps.length === 0]).toEqual([name, why !== undefined]);
  });
  it.each(primitives.map((p) => [p.name, p] as const))(
    '%s works on what it has',
    (_, { args, steps, gives }) => {
      const known = new Set(args.map((arg) => arg.replace('*', '')));
      for (const [outcome, action, ...on] of steps) {
        for (const name of on) expect(known).toContain(name);
        expect(isPure(action) || isStep(action) || flow.has(action)).toBe(true);
        known.add(outcome);
      }
      if (gives !== null) expect(known).toContain(gives);
    },
  );
});
