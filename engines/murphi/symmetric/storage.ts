import type { Domain, SharedDeclaration, Type } from '../../../model/language/variable.ts';
import { bounds } from '../../../model/language/variable.ts';
import type { Names } from '../../plan/names.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Bases, Encoding, Part } from './bases.ts';

/**
 * The variables that hold one value. A number has one. An element of a domain that is moved has the number of its orbit, if it can
 * have several, and for each base an element of it, which is undefined where the orbit does not go with that base.
 */
export interface Cells {
  readonly orbit: string | null;
  readonly bases: ReadonlyMap<number, string>;
  readonly encoding: Encoding | null;
}

/** The cells of a variable that has the same kind of index everywhere: an array over orbits, over a base, over plain numbers. */
export interface Block {
  readonly parts: readonly (Part | null)[];
  readonly cells: Cells;
}

/** Names and declarations of everything that is in a state. */
export class Storage {
  /** `name: type;` for each variable. */
  readonly lines: string[] = [];
  /** By the name of a shared variable. */
  readonly shared = new Map<string, readonly Block[]>();
  /** By the number of the first thread of an orbit. */
  readonly threads = new Map<
    number,
    { readonly at: string; readonly places: readonly string[]; readonly locals: ReadonlyMap<string, Cells> }
  >();
  /** By the number of the first monitor of an orbit. */
  readonly monitors = new Map<number, string>();
  readonly types: string[] = [];
  readonly baseNames: readonly string[];
  private readonly bases: Bases;
  private readonly names: Names;

  constructor({ program }: Plan, bases: Bases, names: Names) {
    this.bases = bases;
    this.names = names;
    this.baseNames = bases.sizes.map(() => names.fresh('copy'));
    this.baseNames.forEach((name, n) => {
      this.types.push(`  ${name}: scalarset(${bases.sizes[n]});`);
    });
    for (const v of program.system.shared) this.shared.set(v.name, this.blocks(v));
    for (const t of program.threads) {
      if (this.first(bases.threads, t.number) !== t.number) continue;
      const places = t.places.map((p) => names.fresh(`${t.id} at ${p.name}`));
      const type = names.fresh(`place of ${t.id}`);
      this.types.push(`  ${type}: enum { ${places.join(', ')} };`);
      const over = this.over(bases.threads[t.number]!.base);
      const at = this.declare(`at ${t.id}`, over, type);
      const locals = new Map(t.locals.map((l) => [l.name, this.cells(`${t.id} ${l.name}`, over, l.type)]));
      this.threads.set(t.number, { at, places, locals });
    }
    for (const m of program.monitors) {
      if (this.first(bases.monitors, m.number) !== m.number) continue;
      const over = this.over(bases.monitors[m.number]!.base);
      const name = `${program.checks[m.check]!.declared.name} ${m.id}`;
      this.monitors.set(m.number, this.declare(name, over, `0..${m.places.length - 1}`));
    }
  }

  /** The first of the orbit: it stands for all. */
  first(points: Bases['threads'], n: number): number {
    return points.findIndex((p) => p.orbit === points[n]!.orbit);
  }

  /** How the elements of a domain are written; null for plain numbers. */
  encodingOf(domain: Domain): Encoding | null {
    return this.bases.domains.get(domain.name) ?? null;
  }

  cells(name: string, over: string, type: Type): Cells {
    const encoding = type.kind === 'member' ? this.encodingOf(type.domain) : null;
    if (type.kind !== 'member' || encoding === null) {
      const { low, high } = bounds(type);
      return { orbit: this.declare(name, over, `${low}..${high}`), bases: new Map(), encoding };
    }
    const low = type.optional ? -1 : 0;
    const high = encoding.parts.at(-1)!.high;
    const orbit = low === high ? null : this.declare(`${name} orbit`, over, `${low}..${high}`);
    const moved = encoding.parts.flatMap(({ base }) => (base === null ? [] : [base]));
    const cells = moved.map((b) => [b, this.declare(`${name} copy`, over, this.baseNames[b]!)] as const);
    return { orbit, bases: new Map(cells), encoding };
  }

  private blocks({ name, over, type }: SharedDeclaration): readonly Block[] {
    const kinds = over.map((domain) => this.encodingOf(domain)?.parts ?? [null]);
    const choices = kinds.reduce<(Part | null)[][]>(
      (known, parts) => known.flatMap((choice) => parts.map((part) => [...choice, part])),
      [[]],
    );
    return choices.map((parts) => {
      const dimensions = parts.map((part, n) =>
        part === null
          ? `array [0..${over[n]!.size - 1}] of `
          : `${hasOrbitIndex(part) ? `array [${part.low}..${part.high}] of ` : ''}${this.over(part.base)}`,
      );
      return { parts, cells: this.cells(name, dimensions.join(''), type) };
    });
  }

  private over(base: number | null): string {
    return base === null ? '' : `array [${this.baseNames[base]}] of `;
  }

  private declare(wanted: string, over: string, type: string): string {
    const name = this.names.fresh(wanted);
    this.lines.push(`  ${name}: ${over}${type};`);
    return name;
  }
}

/** Of a single orbit that goes with a base only the element of the base is an index. */
export const hasOrbitIndex = ({ base, low, high }: Part): boolean => base === null || low !== high;
