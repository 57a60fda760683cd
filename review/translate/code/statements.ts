import { quoted } from '../../../model/scenarios/quoted.ts';
import { didYouMean } from '../../../model/scenarios/suggestion.ts';
import type { At, Declared, Expr, FunctionTree, Stmt } from '../../syntax/tree.ts';
import type { Operand } from './code.ts';
import { compute, type Emitter, type Label, number } from './emitter.ts';
import { assignTo, lowerCondition, lowerExpression, subset } from './expressions.ts';

/** Where `break` and `continue` lead, and the labels of the function. */
export interface Flow {
  readonly labels: ReadonlyMap<string, Label>;
  readonly breaks: Label | null;
  readonly continues: Label | null;
  /** The text shows only a part of the function: what each way out of that part returns. */
  readonly leaves?: WaysOut;
}

/** The value for each way out of a part of a function; a way that is missing is an error. */
export type WaysOut = Readonly<Partial<Record<'goto' | 'break' | 'continue' | 'return', number>>>;

/** Emits a statement. */
export function lowerStatement(s: Stmt, to: Emitter, flow: Flow): void {
  const { at } = s;
  switch (s.k) {
    case 'empty':
      return;
    case 'expression':
      lowerExpression(s.value, to);
      return;
    case 'declaration':
      for (const declared of s.declared) declare(declared, to);
      return;
    case 'block':
      inBlock(to, () => {
        for (const inner of s.body) lowerStatement(inner, to, flow);
      });
      return;
    case 'if': {
      const [yes, no, end] = [to.label(), to.label(), to.label()];
      lowerCondition(s.test, yes, no, to);
      to.here(yes);
      inBlock(to, () => lowerStatement(s.then, to, flow));
      to.jump(end, at);
      to.here(no);
      if (s.otherwise) inBlock(to, () => lowerStatement(s.otherwise as Stmt, to, flow));
      to.here(end);
      return;
    }
    case 'while':
    case 'do':
    case 'for':
      lowerLoop(s, to, flow);
      return;
    case 'iterate':
      lowerIteration(s, to, flow);
      return;
    case 'goto': {
      const label = flow.labels.get(s.label);
      if (!label && flow.leaves) {
        leaveBy('goto', s, to, flow.leaves);
        return;
      }
      if (!label) {
        const hint = didYouMean(s.label, [...flow.labels.keys()]) || 'the function has no label';
        to.fail('unknown-label', at, `there is no label ${quoted(s.label)}`, hint);
      }
      to.jump(label, at);
      return;
    }
    case 'label':
      to.here(flow.labels.get(s.name) as Label);
      if (s.body) lowerStatement(s.body, to, flow);
      return;
    case 'break':
    case 'continue': {
      const target = s.k === 'break' ? flow.breaks : flow.continues;
      if (!target && flow.leaves) {
        leaveBy(s.k, s, to, flow.leaves);
        return;
      }
      if (!target) to.fail('not-in-the-subset', at, `a ${s.k} outside of a loop`, subset);
      to.jump(target, at);
      return;
    }
    case 'return':
      if (flow.leaves) leaveBy('return', s, to, flow.leaves);
      else to.emit({ op: 'return', value: s.value && lowerExpression(s.value, to), at });
      return;
    case 'refused':
      to.fail('not-in-the-subset', at, `${s.what} is not in the subset of C that is understood`, subset);
  }
}

function leaveBy(way: keyof WaysOut, { at }: Stmt, to: Emitter, ways: WaysOut): void {
  const value = ways[way];
  if (value === undefined) {
    const hint = 'the model has nothing that goes on there';
    to.fail('not-in-the-subset', at, `a ${way} that leads out of what the patch shows`, hint);
  }
  to.emit({ op: 'return', value: number(value), at });
}

function inBlock(to: Emitter, body: () => void): void {
  to.scope.enter();
  body();
  to.scope.leave();
}

function lowerLoop(s: Stmt & { readonly k: 'while' | 'do' | 'for' }, to: Emitter, flow: Flow): void {
  const [start, next, test, end] = [to.label(), to.label(), to.label(), to.label()];
  inBlock(to, () => {
    if (s.k === 'for' && s.first) lowerStatement(s.first, to, flow);
    if (s.k !== 'do') to.jump(test, s.at);
    to.here(start);
    inBlock(to, () => lowerStatement(s.body, to, { ...flow, breaks: end, continues: next }));
    to.here(next);
    if (s.k === 'for' && s.step) lowerExpression(s.step, to);
    to.here(test);
    if (s.test === null) to.jump(start, s.at);
    else lowerCondition(s.test, start, end, to);
    to.here(end);
  });
}

/** for_each_vma_range(vmi, vma, end): the one iterator that the model knows the things of. */
function lowerIteration(s: Stmt & { readonly k: 'iterate' }, to: Emitter, flow: Flow): void {
  const { at, args, macro } = s;
  const [vmi, vma, end] = args as [Expr, Expr, Expr];
  if (macro !== 'for_each_vma_range') {
    const what = `the iterator macro ${macro}() is not in the subset of C that is understood`;
    to.fail('not-in-the-subset', at, what, `known: for_each_vma_range; ${subset}`);
  }
  if (args.length !== 3) {
    const what = `${macro}() takes 3 arguments, ${args.length} are given`;
    to.fail('arguments', at, what, 'check the call against the kernel that the patch is for');
  }
  const [start, body, behind] = [to.label(), to.label(), to.label()];
  to.here(start);
  const more = compute(to, 'another vma', [lowerExpression(vmi, to), lowerExpression(end, to)], at);
  to.emit({ op: 'branch', test: more, yes: body, no: behind, at });
  to.here(body);
  assignTo(vma, compute(to, 'next vma', [lowerExpression(vmi, to)], at), at, to);
  assignTo(vmi, compute(to, 'vmas behind it', [lowerExpression(vmi, to)], at), at, to);
  inBlock(to, () => lowerStatement(s.body, to, { ...flow, breaks: behind, continues: start }));
  to.jump(start, at);
  to.here(behind);
}

function declare({ name, type, stars, value, at, isRss }: Declared, to: Emitter): void {
  if (isRss === true) {
    opaqueStruct(to.scope.declare(name), 'a vector of rss counters', at, to);
    return;
  }
  if (type.endsWith('(of an unknown form)')) {
    to.fail(
      'not-in-the-subset',
      at,
      `the declaration of ${quoted(name)}: an array or a pointer to a function`,
      subset,
    );
  }
  if (stars > 1) {
    to.fail(
      'not-in-the-subset',
      at,
      `${quoted(name)} is a pointer to a pointer`,
      'use a pointer to the thing itself',
    );
  }
  if (value?.k === 'fields') {
    const variable = to.scope.declare(name);
    opaqueStruct(variable, type, at, to);
    for (const field of value.fields) {
      const of: Operand = { k: 'ref', name: variable };
      to.emit({ op: 'setMember', of, name: field.name, value: lowerExpression(field.value, to), at });
    }
    return;
  }
  // The value is computed before the name is known: `int a = a` speaks of another a.
  const from = value && lowerExpression(value, to);
  const variable = to.scope.declare(name, { type, stars });
  if (from) to.emit({ op: 'move', to: variable, from, at });
  else if (type.startsWith('struct ') && stars === 0) opaqueStruct(variable, type, at, to);
}

const opaqueStruct = (to: string, type: string, at: At, emitter: Emitter): void =>
  emitter.emit({ op: 'move', to, from: { k: 'constant', value: { k: 'opaque', what: type } }, at });

/** The labels of a function; one that stands twice is an error. */
export function labelsOf(tree: FunctionTree, to: Emitter): ReadonlyMap<string, Label> {
  const labels = new Map<string, Label>();
  const walk = (s: Stmt | null): void => {
    if (!s) return;
    if (s.k === 'label') {
      if (labels.has(s.name))
        to.fail('unknown-label', s.at, `the label ${quoted(s.name)} stands twice`, 'rename one');
      labels.set(s.name, to.label());
      walk(s.body);
    } else if (s.k === 'block') s.body.forEach(walk);
    else if (s.k === 'if') [s.then, s.otherwise].forEach(walk);
    else if (s.k === 'while' || s.k === 'do' || s.k === 'for' || s.k === 'iterate') walk(s.body);
  };
  walk(tree.body);
  return labels;
}
