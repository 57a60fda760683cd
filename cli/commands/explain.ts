import type { Command } from 'commander';
import { answer } from '../answer.ts';

/** Adds `cowpte explain` to the program. */
export function addExplain(program: Command): void {
  program
    .command('explain')
    .description('say what a property, a protocol, a scenario or a path of the kernel means')
    .argument('<name>', 'as cowpte list names it')
    .action(async (name: string) => {
      const { explain } = await import('../explain.ts');
      answer(explain(name));
    });
}
