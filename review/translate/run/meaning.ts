import type { Path } from '../../../model/kernel/path.ts';
import type { Expression } from '../../../model/language/expression.ts';
import type { PatchReason } from '../../patch-error.ts';
import { compute, load, perform, store } from '../actions/index.ts';
import type { Context, Performed } from '../actions/step.ts';
import type { Instruction, Operand } from '../code/code.ts';
import type { Codes } from '../codes.ts';
import { complaint } from '../program.ts';
import { breaking, type Task } from '../task.ts';
import { converted } from '../values/integer-type.ts';
import type { Value } from '../values/value.ts';
import { type Config, frameOf, fullName, movedTo, next, typeOfVariable, withValue } from './config.ts';
import type { ThreadLocals } from './locals.ts';
import { memberOf } from './members.ts';
import { HANDLER } from './returns.ts';

const deepestCalls = 40;

/** What one instruction means at one moment. */
export class Meaning {
  readonly #codes: Codes;
  readonly #path: Path;
  readonly #task: Task;
  readonly #locals: ThreadLocals;

  constructor(codes: Codes, path: Path, task: Task, locals: ThreadLocals) {
    [this.#codes, this.#path, this.#task, this.#locals] = [codes, path, task, locals];
  }

  instruction(config: Config): Instruction {
    const { code, at } = frameOf(config);
    return code.instructions[at] as Instruction;
  }

  /** What an instruction does that may touch something shared; null for one that cannot, and is none of these. */
  perform(config: Config, i: Instruction): Performed | null {
    const copies = { read: (ref: Value & { readonly k: 'ref' }) => this.#read(config, ref.name) };
    if (i.op === 'load') {
      return load(this.value(config, i.pointer), this.context(config, i.copied), copies);
    }
    if (i.op === 'store') {
      const [pointer, value] = [this.value(config, i.pointer), this.value(config, i.value)];
      return pointer.k === 'ref' ? null : store(pointer, value, this.context(config));
    }
    if (i.op !== 'do') return null;
    const args = i.args.map((arg) => this.value(config, arg));
    return perform(i.action, args, this.context(config), copies);
  }

  /** An instruction on values alone. */
  pure(config: Config, i: Instruction): Config {
    switch (i.op) {
      case 'jump':
        return movedTo(config, i.to);
      case 'move':
        return next(this.#assigned(config, this.target(config, i), this.value(config, i.from)));
      case 'compute': {
        const args = i.args.map((arg) => this.value(config, arg));
        return next(withValue(config, this.target(config, i), compute(i.what, args, this.context(config))));
      }
      case 'member':
        return next(
          withValue(config, this.target(config, i), this.#member(config, this.value(config, i.of), i.name)),
        );
      case 'setMember': {
        const of = this.value(config, i.of);
        if (of.k !== 'ref') {
          this.fail(
            config,
            'value',
            `a store to '${i.name}' of an object of the kernel`,
            'the model does not keep it',
          );
        }
        return next(withValue(config, `${of.name}.${i.name}`, this.value(config, i.value)));
      }
      case 'store': {
        const pointer = this.value(config, i.pointer) as Value & { readonly k: 'ref' };
        return next(this.#assigned(config, pointer.name, this.value(config, i.value)));
      }
      case 'call':
        return this.#enter(config, i);
      default:
        throw new Error(`the instruction '${i.op}' is not one on values`);
    }
  }

  /** A variable gets a value, as its type holds it. */
  #assigned(config: Config, name: string | null, value: Value): Config {
    const type = name === null ? undefined : typeOfVariable(config, name);
    return withValue(config, name, type === undefined ? value : converted(value, type, this.context(config)));
  }

  /** What a function returns, as its type holds it. */
  returned(config: Config, value: Value): Value {
    const { returns } = frameOf(config).code;
    return returns === null || returns.endsWith('*')
      ? value
      : converted(value, returns, this.context(config));
  }

  #member(config: Config, of: Value, name: string): Value {
    if (of.k !== 'ref') return memberOf(of, name, this.context(config));
    const value = config.values.get(`${of.name}.${name}`);
    if (value) return value;
    if (name.startsWith('&')) return { k: 'ref', name: `${of.name}.${name.slice(1)}` };
    return this.fail(
      config,
      'unset',
      `'${name}' is read before it is set`,
      'set it where the variable is declared',
    );
  }

  #enter(config: Config, i: Instruction & { readonly op: 'call' }): Config {
    const code = this.#codes.named(i.name);
    if (config.frames.some((frame) => frame.code.name === i.name)) {
      this.fail(config, 'recursion', `${i.name}() calls itself`, 'write it as a loop');
    }
    if (config.frames.length > deepestCalls) {
      this.fail(config, 'recursion', 'too many functions call each other', 'shorten the chain of calls');
    }
    const args = i.args.map((arg) => this.value(config, arg));
    const to = this.target(config, i);
    const waiting = next(config);
    const breaks = i.name === HANDLER ? this.#slotOf(config, args[0]) : null;
    const standing = breaks ? { ...config.standing, slot: breaks } : config.standing;
    const inside: Config = { ...waiting, standing, frames: [...waiting.frames, { code, at: 0, to }] };
    return code.parameters.reduce(
      (entered, name, n) => this.#assigned(entered, fullName(frameOf(inside), name), args[n] as Value),
      inside,
    );
  }

  /** The slot that the break is called for: the one of the struct vm_fault. */
  #slotOf(config: Config, fault: Value | undefined) {
    const pmd = fault?.k === 'ref' ? config.values.get(`${fault.name}.pmd`) : undefined;
    return pmd?.k === 'slot' ? pmd.slot : null;
  }

  target(config: Config, i: Instruction): string | null {
    return 'to' in i && typeof i.to === 'string' ? fullName(frameOf(config), i.to) : null;
  }

  value(config: Config, operand: Operand): Value {
    if (operand.k === 'constant') return operand.value;
    const name = fullName(frameOf(config), operand.name);
    return operand.k === 'ref' ? { k: 'ref', name } : this.#read(config, name);
  }

  #read(config: Config, name: string): Value {
    const value = config.values.get(name);
    if (value) return value;
    const shownName = name.replace(/^.*:/, '').replace(/_\d+$/, '');
    return this.fail(
      config,
      'unset',
      `'${shownName}' may be read before it is set`,
      'set it on every way that leads here',
    );
  }

  fail(config: Config, reason: PatchReason, what: string, hint: string): never {
    throw complaint(this.#codes.program.name, reason, this.instruction(config).at, what, hint);
  }

  context(config: Config, copied = false): Context {
    const i = this.instruction(config);
    const frame = frameOf(config);
    const { slot } = config.standing;
    // A break that fork or another path calls is a break.
    const breaks = config.frames.some(({ code }) => code.name === HANDLER);
    return {
      task: breaks ? breaking : this.#task,
      path: slot === null ? this.#path : { ...this.#path, slot },
      k: this.#path.k,
      by: 'by' in i ? i.by : '',
      line: i.at.fileLine,
      source: i.at.patch ?? this.#codes.program.name,
      function: frame.code.name,
      standing: config.standing,
      copiesFrom: copied ? this.#cowedEntry(config) : null,
      local: (part, type) => this.#locals.of(this.target(config, i) ?? fullName(frame, 'step'), part, type),
      warn: (rule, what) => this.#codes.findings.add({ rule, at: i.at, what }),
      fail: (reason, what, hint) => this.fail(config, reason, what, hint),
    };
  }

  /** What the variable cowed_entry names, where the function has one and it is set. */
  #cowedEntry(config: Config): Expression | null {
    const frame = frameOf(config);
    for (const [variable, source] of frame.code.sourceName) {
      if (source !== 'cowed_entry') continue;
      const value = config.values.get(fullName(frame, variable));
      if (value?.k === 'pmd') return value.table;
    }
    return null;
  }
}
