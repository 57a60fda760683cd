import type { Effect } from '../../../model/language/effect.ts';
import { sharedStores } from '../../program/accesses.ts';
import type {
  Program,
  ProgramBranch,
  ProgramEvent,
  ProgramPlace,
  ProgramThread,
} from '../../program/program.ts';
import type { Footprints } from '../../reduce/footprint.ts';
import type { LocationSet } from '../../reduce/locations.ts';
import { isUnread } from '../../reduce/slicing.ts';
import { follow, liveBranches } from '../../reduce/value-flow.ts';
import { canBeFalse, canBeTrue, type Possible, valuesOf } from '../../reduce/value-sets.ts';
import type { JudgeCode } from './judge-depends-code.ts';
import {
  dependsCode,
  fittingCode,
  isKnownCode,
  type PossibleContext,
  picked,
  possibleCode,
  touchCode,
} from './possible-code.ts';
import type { RoamLayout } from './roam-layout.ts';
import { bitsOfDomain, TRUE } from './value-bits.ts';

/** How a step is looked at: only felt, with its stores kept, or as one that its thread may take some time. */
export const FELT = 0;
export const STORED = 1;
export const TAKEN = 2;

/** What the code of felt steps is generated in. */
export interface FeltContext {
  readonly program: Program;
  readonly footprints: Footprints;
  readonly layout: RoamLayout;
  readonly steering: ReadonlySet<string>;
}

const number = (n: number): string => (n < 0 ? `(${n})` : String(n));

/** Code of the steps that leave a place: a function (x, g, how), x and g being the words where what is felt is added. */
export class FeltCode {
  private readonly c: FeltContext;
  private readonly thread: ProgramThread;
  private readonly place: ProgramPlace;
  private readonly judge: JudgeCode;
  private readonly writes: LocationSet;
  readonly asked = new Set<number>();
  private temporaries = 0;
  private stored: ReadonlySet<string> = new Set();

  constructor(c: FeltContext, thread: ProgramThread, place: ProgramPlace, judge: JudgeCode) {
    this.c = c;
    this.thread = thread;
    this.place = place;
    this.judge = judge;
    this.writes = c.footprints.of(thread, place).writes;
  }

  text(name: string): string | null {
    const before = this.c.footprints.flow.at(this.thread.number, this.place.number);
    if (before === null || this.place.events.length === 0) return null;
    return `function ${name}(x, g, how) {\n${this.place.events.map((e) => this.event(e, before)).join('')}return 0;\n}`;
  }

  private event(event: ProgramEvent, before: Possible): string {
    const live = liveBranches(event, before);
    const context = this.context(before);
    const chain = (n: number): string => {
      const branch = event.branches[n];
      if (!branch) return '';
      const taken = live.find((l) => l.branch === branch);
      const body = taken ? this.branch(branch, taken.before) : '';
      if (branch.guard === null) return body;
      const test = `t${this.temporaries++}`;
      const rest = chain(n + 1);
      return [
        dependsCode(branch.guard, 'g', context),
        `const ${test} = ${possibleCode(branch.guard, context)};\n`,
        body === '' ? '' : `if (canBeTrue(${test})) {\n${body}}\n`,
        rest === '' ? '' : `if (canBeFalse(${test})) {\n${rest}}\n`,
      ].join('');
    };
    return `{\n${chain(0)}}\n`;
  }

  private branch(branch: ProgramBranch, before: Possible): string {
    const { layout, footprints } = this.c;
    const { number: me } = this.thread;
    const found: Possible[] = [];
    follow(branch.effects, before, (_, now) => found.push(now));
    this.stored = new Set(localStores(branch.effects));
    const declared = [...this.stored].map(
      (name) => `let l_${this.localNumber(name)} = ${this.cell(name)};\n`,
    );
    const effects = this.effects(branch.effects, found, '1');
    const end = footprints.locations.end(me);
    const ends = this.thread.places[branch.target]!.final === 'ended';
    const saved = [...this.stored].map(
      (name) => `widen(${layout.locals[me]!.get(name)}, l_${this.localNumber(name)});\n`,
    );
    const { always, sometimes } = sharedStores(branch.effects);
    const felt = always.size + sometimes.size > 0 || ends;
    const rank = (place: number): number => layout.order[me]!.indexOf(place);
    const back = rank(branch.target) <= rank(this.place.number) ? 1 : 0;
    const text = [
      ...declared,
      felt ? `clear(0, ${layout.width});\n` : '',
      effects,
      ends ? `${touchCode({ k: 'one', location: end }, '0')}put(${end}, ${number(TRUE)}, 1);\n` : '',
      felt
        ? `${this.judge.branch(branch, this.thread, this.writes, (at) => this.asked.add(at))}\nwrote(x + ${layout.width});\nsettle(how);\n`
        : '',
      `if (how === ${TAKEN}) {\n${saved.join('')}arrive(${layout.places[me]! + rank(branch.target)}, ${back});\n}\n`,
    ].join('');
    this.stored = new Set();
    return text;
  }

  private effects(effects: readonly Effect[], found: Possible[], sure: string): string {
    return effects.map((e) => this.effect(e, found, sure)).join('');
  }

  private effect(effect: Effect, found: Possible[], sure: string): string {
    const now = found.shift()!;
    const c = this.context(now);
    switch (effect.k) {
      case 'assert':
        return this.c.program.checkNumber.has(effect.check) ? dependsCode(effect.that, 'x', c) : '';
      case 'set': {
        const { to, value } = effect;
        if (isUnread(this.c.footprints.unread, to, this.thread.number)) return '';
        const read = dependsCode(value, 'x', c);
        if (to.k === 'local') {
          const name = `l_${this.localNumber(to.name)}`;
          const bits = fittingCode(value, now.scope.locals[to.name]!.type, c);
          const store =
            sure === '1' ? `${name} = ${bits}` : `${name} = (${sure} === 1 ? 0 : ${name}) | ${bits}`;
          return `${read}${store};\n`;
        }
        const p = picked(to, c);
        const bits = fittingCode(value, now.scope.declared.get(to.name)!.type, c);
        const indices = to.at.map((i) => dependsCode(i, 'x', c)).join('');
        const known = `${isKnownCode(p)} & ${sure}`;
        const store =
          p.k === 'row'
            ? `putRow(${p.first}, ${p.step}, ${p.size}, ${p.bits} & ${number(bitsOfDomain(p.size))}, ${bits}, ${known});\n`
            : (p.k === 'one' ? [p.location] : p.locations)
                .map((n) => `put(${n}, ${bits}, ${known});\n`)
                .join('');
        return read + indices + touchCode(p, '0') + (c.steering.has(to.name) ? store : '');
      }
      case 'if': {
        const [test, then, otherwise] = [this.temporaries++, this.temporaries++, this.temporaries++];
        const values = valuesOf(effect.test, now);
        const taken = canBeTrue(values) ? this.effects(effect.then, found, `s${then}`) : '';
        const skipped = canBeFalse(values) ? this.effects(effect.otherwise, found, `s${otherwise}`) : '';
        return [
          dependsCode(effect.test, 'x', c),
          `const t${test} = ${possibleCode(effect.test, c)};\n`,
          `const s${then} = canBeFalse(t${test}) ? 0 : ${sure};\n`,
          `const s${otherwise} = canBeTrue(t${test}) ? 0 : ${sure};\n`,
          taken === '' ? '' : `if (canBeTrue(t${test})) {\n${taken}}\n`,
          skipped === '' ? '' : `if (canBeFalse(t${test})) {\n${skipped}}\n`,
        ].join('');
      }
    }
  }

  private context(always: Possible): PossibleContext {
    return {
      locations: this.c.footprints.locations,
      always,
      local: (name) => this.localCode(name),
      steering: this.c.steering,
      asks: (at) => this.asked.add(at),
    };
  }

  /** A local that this branch stores to is held in a variable of the code until the branch is done. */
  private localCode(name: string): string {
    return this.stored.has(name) ? `l_${this.localNumber(name)}` : this.cell(name);
  }
  private cell(name: string): string {
    const at = this.c.layout.locals[this.thread.number]!.get(name)!;
    this.asked.add(at);
    return `Can[${at}]`;
  }
  private localNumber(name: string): number {
    return this.thread.locals.findIndex((l) => l.name === name);
  }
}

function localStores(effects: readonly Effect[]): string[] {
  return effects.flatMap((e) => {
    if (e.k === 'if') return [...localStores(e.then), ...localStores(e.otherwise)];
    return e.k === 'set' && e.to.k === 'local' ? [e.to.name] : [];
  });
}
