import { Command } from 'commander';
import { ascii } from '../evidence/ascii.ts';
import { addCheck } from './commands/check.ts';
import { addCompare } from './commands/compare.ts';
import { addExplain } from './commands/explain.ts';
import { addExport } from './commands/export.ts';
import { addList } from './commands/list.ts';
import { addReplay } from './commands/replay.ts';
import { addReview } from './commands/review.ts';
import { version } from './version.ts';

/**
 * The whole command line. There is no default command: a misspelt one would be taken for its argument. What a command does is read
 * once it is called: the others would take longer to read than it takes to run.
 */
export function program(): Command {
  const command = new Command('cowpte')
    .description('A model checker for the copy-on-write page-table protocol of a Linux kernel patch.')
    .version(version)
    .exitOverride()
    .configureOutput({
      // One line: what, and what was probably meant.
      outputError: (text, write) => write(`cowpte: ${ascii(text.trim().replace(/^error: /, ''), 2000)}\n`),
    });
  for (const add of [addCheck, addList, addExplain, addExport, addReplay, addCompare, addReview])
    add(command);
  return command;
}
