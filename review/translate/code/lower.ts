import type { Expr, FunctionTree, Stmt } from '../../syntax/tree.ts';
import type { Program } from '../program.ts';
import type { Code } from './code.ts';
import { codeOf } from './code-of.ts';
import { Emitter } from './emitter.ts';
import { labelsOf, lowerStatement } from './statements.ts';

/** Turns a function of the text into instructions. Throws a PatchError for the first thing that is not understood. */
export function lower(program: Program, tree: FunctionTree): Code {
  const to = new Emitter(program, copiedFrom(tree.body));
  const parameters = tree.parameters.filter(
    ({ name, type }) => name !== '' && !(type === 'void' && name === 'void'),
  );
  const names = parameters.map((parameter) => to.scope.declare(parameter.name, parameter));
  const flow = { labels: labelsOf(tree, to), breaks: null, continues: null };
  lowerStatement(tree.body, to, flow);
  to.emit({ op: 'return', value: null, at: tree.at });
  return codeOf(to, { name: tree.name, parameters: names, returns: tree.type, at: tree.at });
}

/** The pointers p of `set_pte_at(.., .., .., *p)`: what is read through them is copied. */
function copiedFrom(body: Stmt): ReadonlySet<string> {
  const found = new Set<string>();
  const ofExpression = (e: Expr): void => {
    if (e.k === 'call' && e.name === 'set_pte_at') {
      const value = e.args[3];
      if (value?.k === 'unary' && value.op === '*' && value.a.k === 'name') found.add(value.a.name);
    }
    if (e.k === 'comma' || e.k === 'binary') [e.a, e.b].forEach(ofExpression);
  };
  const walk = (s: Stmt | null): void => {
    if (!s) return;
    if (s.k === 'expression') ofExpression(s.value);
    else if (s.k === 'block') s.body.forEach(walk);
    else if (s.k === 'if') [s.then, s.otherwise].forEach(walk);
    else if ('body' in s) walk(s.body);
  };
  walk(body);
  return found;
}
