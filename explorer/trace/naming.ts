import { NONE } from '../../model/language/expression.ts';
import {
  bounds,
  elements,
  indicesOf,
  type SharedDeclaration,
  show,
  type Type,
} from '../../model/language/variable.ts';
import type { Configuration } from '../program/configuration.ts';
import type { Program } from '../program/program.ts';
import type { Labels } from './numbering.ts';

/** How locations and values are written in one run. */
export class Naming {
  private readonly program: Program;
  private readonly labels: Labels;
  /** Location, then the parts of it in order of declaration. */
  private readonly parts = new Map<
    string,
    { readonly variable: SharedDeclaration; readonly element: number }[]
  >();

  /** `keeps` says which elements of which variables the state of the system is told by. Default: all. */
  constructor(
    program: Program,
    labels: Labels,
    keeps: (variable: SharedDeclaration, element: number) => boolean = () => true,
  ) {
    this.program = program;
    this.labels = labels;
    for (const variable of program.system.shared) {
      for (let element = 0; element < elements(variable); element++) {
        if (!keeps(variable, element)) continue;
        const name = this.location(variable, element);
        const known = this.parts.get(name);
        if (known) known.push({ variable, element });
        else this.parts.set(name, [{ variable, element }]);
      }
    }
  }

  value(type: Type, value: number): string {
    if (type.kind !== 'member' || value === NONE) return show(type, value);
    return this.labels.get(type.domain.name)?.[value] ?? show(type, value);
  }

  /** Such as `slot[A:0]`. */
  location(variable: SharedDeclaration, element: number): string {
    if (variable.over.length === 0) return variable.location;
    const indices = indicesOf(variable, element).map((index, d) => {
      const domain = variable.over[d]!;
      return this.labels.get(domain.name)?.[index] ?? domain.labels[index] ?? String(index);
    });
    return `${variable.location}[${indices.join(':')}]`;
  }

  /** The value of a whole location; where several variables are parts of it, each with its name. */
  locationValue(location: string, now: Configuration): string {
    const all = this.parts.get(location) ?? [];
    // A part that has one value only in this system says nothing.
    const telling = all.filter(({ variable: { type } }) => bounds(type).low < bounds(type).high);
    const shown = (telling.length > 0 ? telling : all.slice(0, 1)).map(({ variable, element }) => ({
      name: variable.name.startsWith(`${variable.location}_`)
        ? variable.name.slice(variable.location.length + 1)
        : variable.name,
      value: this.value(variable.type, now.shared[variable.name]![element]!),
    }));
    if (shown.length === 1) return shown[0]!.value;
    return shown.map(({ name, value }) => `${name}=${value}`).join(' ');
  }

  /** All shared locations with their values. */
  sharedState(now: Configuration): Record<string, string> {
    return Object.fromEntries([...this.parts.keys()].sort().map((at) => [at, this.locationValue(at, now)]));
  }

  localState(thread: number, now: Configuration): Record<string, string> {
    const { local } = now.threads[thread]!;
    const { locals } = this.program.threads[thread]!;
    return Object.fromEntries(locals.map((l) => [l.name, this.value(l.type, local[l.name]!)]));
  }
}
