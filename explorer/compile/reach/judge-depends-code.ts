import type { Expression } from '../../../model/language/expression.ts';
import { endangered } from '../../program/endangered.ts';
import type { Program, ProgramBranch, ProgramMonitor, ProgramThread } from '../../program/program.ts';
import type { Footprints } from '../../reduce/footprint.ts';
import type { LocationSet } from '../../reduce/locations.ts';
import { dependsCode, type PossibleContext, touchCode } from './possible-code.ts';

const number = (n: number): string => (n < 0 ? `(${n})` : String(n));

/** Does the step at hand, whose writes stand at the head of `sets`, write any of these? */
function ownMeets(set: LocationSet): string {
  const tests = [...set.words].flatMap((bits, w) => (bits === 0 ? [] : [`Sets[${w}] & ${number(bits)}`]));
  return tests.length === 0 ? 'false' : `(${tests.join(' | ')}) !== 0`;
}

interface JudgeContext {
  readonly program: Program;
  readonly footprints: Footprints;
  readonly steering: ReadonlySet<string>;
}

/** Text of the functions that tell what judging a step depends on. */
export class JudgeCode {
  readonly functions: string[] = [];
  private readonly names = new Map<string, string>();
  /** By the name of a function: what it asks for. */
  private readonly asked = new Map<string, Set<number>>();
  private readonly c: JudgeContext;

  constructor(c: JudgeContext) {
    this.c = c;
  }

  /** `writes`: all that the step may ever write. */
  branch(
    branch: ProgramBranch,
    thread: ProgramThread,
    writes: LocationSet,
    asks: (at: number) => void,
  ): string {
    const { program, footprints } = this.c;
    const conditions = program.checks.flatMap((check) =>
      endangered(check.always, branch, thread).map(({ that }) => {
        if (!footprints.condition(that).meets(writes)) return '';
        const name = this.condition(JSON.stringify(that), that);
        if (name === null) return '';
        this.asked.get(name)!.forEach(asks);
        return `if (${ownMeets(footprints.condition(that))}) ${name}(x);`;
      }),
    );
    const monitors = program.monitors.map((m) => {
      const { moods } = footprints.monitor(m);
      if (!moods.meets(writes)) return '';
      return `if (${ownMeets(moods)}) ${this.monitor(m)}(x);`;
    });
    const stores = branch.effects.length > 0 || thread.places[branch.target]!.final === 'ended';
    return stores ? [...conditions, ...monitors].filter((t) => t !== '').join('\n') : '';
  }

  private condition(key: string, that: Expression): string | null {
    const known = this.names.get(key);
    if (known !== undefined) return known === '' ? null : known;
    const { program, footprints } = this.c;
    const asked = new Set<number>();
    const context: PossibleContext = {
      locations: footprints.locations,
      always: footprints.flow.seenBy(program.scope),
      local: () => '0',
      steering: this.c.steering,
      asks: (at) => asked.add(at),
    };
    const body = dependsCode(that, 'x', context);
    const name = body === '' ? '' : `judge${this.names.size}`;
    this.asked.set(name, asked);
    this.names.set(key, name);
    if (name !== '') this.functions.push(`function ${name}(x) {\n${body}return 0;\n}`);
    return name === '' ? null : name;
  }

  /** A step that may move a monitor reads what it watches, and writes its state. */
  private monitor(monitor: ProgramMonitor): string {
    const name = `watch${monitor.number}`;
    if (this.names.has(name)) return name;
    this.names.set(name, name);
    const { locations } = this.c.footprints;
    const { reads } = this.c.footprints.monitor(monitor);
    const at = locations.monitor(monitor.number);
    this.functions.push(
      `function ${name}(x) {
${touchCode({ k: 'any', locations: [...reads.members(), at] }, 'x')}${touchCode({ k: 'one', location: at }, '0')}return 0;\n}`,
    );
    return name;
  }
}
