import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The root of the project. */
export const projectRoot = join(import.meta.dirname, '..', '..');

/** Runs one of the project's checks on a folder; returns the exit code and the refused lines. */
export function runTool(tool: string, root: string): { code: number | null; refused: string[] } {
  const run = spawnSync(process.execPath, [join(projectRoot, 'tools', tool), root], { encoding: 'utf8' });
  return { code: run.status, refused: run.stderr.split('\n').filter((line) => line !== '') };
}
