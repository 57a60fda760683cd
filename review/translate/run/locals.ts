import type { Kernel } from '../../../model/kernel/kernel.ts';
import type { LocalRead } from '../../../model/language/expression.ts';
import {
  boolean,
  bounds,
  type LocalDeclaration,
  range,
  type Type,
} from '../../../model/language/variable.ts';
import type { Value } from '../values/value.ts';

/** The locals of the thread that hold the variables of the C: one for each part of a value that differs from run to run. */
export class ThreadLocals {
  readonly #k: Kernel;
  readonly #names = new Map<string, string>();
  readonly #types = new Map<string, Type>();

  constructor(k: Kernel) {
    this.#k = k;
  }

  /** The local of a part of a variable. A type that was narrower before is widened. */
  of(variable: string, part: string, type: Type): LocalRead {
    const key = `${variable}/${part}`;
    const name = this.#names.get(key) ?? this.#fresh(variable, part);
    this.#names.set(key, name);
    const known = this.#types.get(name);
    this.#types.set(name, known ? wider(known, type) : type);
    return { k: 'local', name };
  }

  /** The type of a part of a value. */
  typeOf(value: Value, part: string): Type {
    if (value.k === 'int') return value.type;
    if (part === 'writable') return boolean;
    if (part === 'page') return this.#k.pageOrNone;
    if (part === 'kind') return value.k === 'pmd' ? this.#k.slotKind.type : this.#k.entryKind.type;
    return this.#k.tableOrNone;
  }

  get declared(): Readonly<Record<string, LocalDeclaration>> {
    return Object.fromEntries(
      [...this.#types].map(([name, type]) => [name, { type, initial: bounds(type).low }] as const),
    );
  }

  #fresh(variable: string, part: string): string {
    const base = `c_${variable}_${part}`.replace(/\W/g, '_');
    let name = base;
    for (let n = 2; this.#types.has(name); n++) name = `${base}_${n}`;
    return name;
  }
}

function wider(a: Type, b: Type): Type {
  if (JSON.stringify(a) === JSON.stringify(b)) return a;
  const [x, y] = [bounds(a), bounds(b)];
  return range(Math.min(x.low, y.low), Math.max(x.high, y.high));
}
