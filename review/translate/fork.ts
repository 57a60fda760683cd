import type { ForkText } from '../../model/variants/protocol.ts';
import { codeOf } from './code/code-of.ts';
import { Emitter, variable } from './code/emitter.ts';
import { lineOfKernel } from './code/line-of-kernel.ts';
import { type Hook, lowerHook } from './code/lower-hook.ts';
import { lowerStatement } from './code/statements.ts';
import type { Codes } from './codes.ts';
import type { Partly } from './program.ts';
import type { Purpose } from './run/purpose.ts';
import { Translator } from './run/translator.ts';
import type { ForkTask } from './task.ts';
import { addressOf, firstPage } from './values/address.ts';
import type { Value } from './values/value.ts';

/** The function of fork in which a patch shares tables. */
export const COPIES_SLOTS = 'copy_pmd_range';

/** What a patch adds to copy_pmd_range(), for the fork of a slot. */
export const translateFork =
  (codes: Codes, hook: Hook): ForkText['copyPmdRange'] =>
  (path, { part, copiesRest }) => {
    const task: ForkTask = { k: 'fork', path, part, copiesRest };
    const variables = variablesOf(task);
    const code = lowerHook(codes.program, hook, Object.keys(variables), {
      ways: { continue: NEXT_SLOT, return: FAILS },
      atEnd: ['copy goes on', 'addr'],
    });
    const args = code.parameters.map((name) => variables[name] as Value);
    return Translator.translate(codes, path, purposeOf(task), code, args);
  };

/** The ways out of the hook: `continue`, and `return` with an error. */
const NEXT_SLOT = 1;
const FAILS = 2;

const purposeOf = (task: ForkTask): Purpose<'next' | 'rest' | 'failed'> => ({
  task,
  exits: ['next', 'rest', 'failed'],
  asksForFailure: false,
  neverFails: !task.path.k.shape.forksMayFail,
  leave: (value, _, c) => {
    const way = value?.k === 'int' && value.e.k === 'literal' ? value.e.value : 0;
    if (way === FAILS && !task.path.k.shape.forksMayFail) {
      const hint = 'the model takes the child down again only where an allocation may fail (allocFailures)';
      return c.fail('value', 'fork returns an error here, though no allocation fails', hint);
    }
    return [[way === NEXT_SLOT ? 'next' : way === FAILS ? 'failed' : 'rest', null]];
  },
});

/** The variables of copy_pmd_range(), for the part of a vma that lies in the slot. */
function variablesOf({ path, part }: ForkTask): Readonly<Record<string, Value>> {
  const child = { mm: path.child };
  const vma = { k: 'thing', what: 'vma', part } as const;
  const start = addressOf(path.slot, firstPage);
  const addr = part === 'second' ? { ...start, page: 1 } : start;
  const next = part === 'first' ? { ...start, page: 1 } : { ...start, slots: start.slots + 1 };
  return {
    dst_vma: { ...vma, ...child },
    src_vma: vma,
    dst_mm: { k: 'thing', what: 'mm', ...child },
    src_mm: { k: 'thing', what: 'mm' },
    dst_pmd: { k: 'slot', slot: path.slot, ...child },
    src_pmd: { k: 'slot', slot: path.slot },
    addr,
    next,
    end: next,
  };
}

/**
 * copy_present_pte(): the model copies the entry; what a patch adds to it stands where the page may be pinned, and must leave
 * there. Behind it is copy_present_page(), which wants a page that sharing fork does not have.
 */
export const copyPresentPte = (hook: Hook | undefined): Partly => {
  const parameters = ['dst_vma', 'src_vma', 'dst_pte', 'src_pte', 'addr', 'rss', 'prealloc'];
  return {
    parameters,
    lower: (program) => {
      const to = new Emitter(program, new Set());
      const names = parameters.map((name) => to.scope.declare(name));
      const operand = (name: string) => variable(to.scope.find(name) as string);
      const at = hook?.at ?? lineOfKernel('copy_present_pte', 954);
      const pinned = to.scope.temporary();
      const [asks, copied] = [to.label(), to.label()];
      const args = [operand('dst_pte'), operand('src_pte')];
      to.emit({ op: 'do', to: pinned, action: 'copy present entry', args, by: 'copy_present_pte', at });
      to.emit({ op: 'branch', test: variable(pinned), yes: asks, no: copied, at });
      to.here(asks);
      for (const s of hook?.added ?? [])
        lowerStatement(s, to, { labels: new Map(), breaks: null, continues: null });
      to.emit({
        op: 'compute',
        to: to.scope.temporary(),
        what: 'copies a page',
        args: [operand('prealloc')],
        at,
      });
      to.here(copied);
      to.emit({ op: 'return', value: variable(pinned), at });
      return codeOf(to, { name: 'copy_present_pte', parameters: names, returns: null, at });
    },
  };
};
