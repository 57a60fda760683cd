import { Command } from 'commander';
import { ascii } from '../evidence/ascii.ts';
import { addCheck } from './check.ts';
import { addCompare } from './compare.ts';
import { addExplain } from './explain.ts';
import { addExport } from './export.ts';
import { addList } from './list.ts';
import { addReplay } from './replay.ts';
import { addReview } from './review/review.ts';
import { version } from './version.ts';

/** The whole command line. There is no default command: a misspelt one would be taken for its argument. */
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
