import { Argument, type Command } from 'commander';
import { answer } from '../answer.ts';
import { type Kind, kindNames } from '../choices.ts';

/** Adds `cowpte list` to the program. */
export function addList(program: Command): void {
  program
    .command('list')
    .description('name the scenarios, properties, protocols and threads that there are')
    .addArgument(new Argument('[kind]', 'only one kind').choices(kindNames))
    .option('--json', 'as JSON')
    .action(async (kind: Kind | undefined, { json = false }: { readonly json?: boolean }) => {
      const { list } = await import('../list.ts');
      answer(list(kind, json));
    });
}
