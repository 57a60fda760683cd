import { plain } from '../../../model/threads/fault/site.ts';
import type { At } from '../../syntax/tree.ts';

/** A line of mm/memory.c that no patch shows: where the model's part of a function stands. */
export const lineOfKernel = (name: string, fileLine: number): At => {
  const { file, source } = plain(name);
  return { file, fileLine, mailLine: 0, added: false, patch: source };
};
