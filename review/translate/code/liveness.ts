import type { Instruction, Operand } from './code.ts';

/** The variables that an instruction reads; taking the address of one counts, unless the instruction stores through it at once. */
function reads(i: Instruction): string[] {
  const of = (...operands: (Operand | null)[]): string[] =>
    operands.flatMap((o) => (o === null || o.k === 'constant' ? [] : [o.name]));
  switch (i.op) {
    case 'move':
      return of(i.from);
    case 'compute':
    case 'do':
    case 'call':
      return of(...i.args);
    case 'member':
      return of(i.of);
    case 'setMember':
      return of(i.of, i.value);
    case 'load':
      return of(i.pointer);
    case 'store':
      return i.pointer.k === 'ref' ? of(i.value) : of(i.pointer, i.value);
    case 'warn':
    case 'branch':
      return of(i.test);
    case 'return':
      return of(i.value);
    case 'jump':
      return [];
  }
}

function writes(i: Instruction): string | null {
  switch (i.op) {
    case 'move':
    case 'compute':
    case 'member':
    case 'load':
    case 'do':
    case 'call':
      return i.to;
    case 'store':
      return i.pointer.k === 'ref' ? i.pointer.name : null;
    default:
      return null;
  }
}

function successors(i: Instruction, at: number): number[] {
  if (i.op === 'branch') return [i.yes, i.no];
  if (i.op === 'jump') return [i.to];
  return i.op === 'return' ? [] : [at + 1];
}

/** By instruction, the variables that are live before it. A value that nobody reads any more must not tell two states apart. */
export function liveBefore(
  instructions: readonly Instruction[],
  kept: ReadonlySet<string>,
): readonly ReadonlySet<string>[] {
  const live = instructions.map(() => new Set(kept));
  for (let changed = true; changed; ) {
    changed = false;
    for (let at = instructions.length - 1; at >= 0; at--) {
      const i = instructions[at] as Instruction;
      const now = live[at] as Set<string>;
      const before = now.size;
      const written = writes(i);
      for (const next of successors(i, at)) {
        for (const name of live[next] ?? []) if (name !== written) now.add(name);
      }
      for (const name of reads(i)) now.add(name);
      changed ||= now.size !== before;
    }
  }
  return live;
}
