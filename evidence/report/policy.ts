import { createHash } from 'node:crypto';

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * The Content-Security-Policy of a report: the scripts and styles that stand in it and nothing else, so that no text of a
 * scenario or a patch can ever be run, and nothing is fetched.
 */
export function policy(scripts: readonly string[], styles: readonly string[]): string {
  const list = (texts: readonly string[]): string => texts.map(hash).join(' ') || "'none'";
  return `default-src 'none'; script-src ${list(scripts)}; style-src ${list(styles)}; base-uri 'none'; form-action 'none'`;
}
