/** A page of the report, and where in it. */
export type Address =
  | { readonly page: 'verdicts' }
  /** Without a claim: its beginning. */
  | { readonly page: 'review'; readonly claim: string | null }
  /** Without an id: the trace that is open, else the first. Without a step: the violating one. */
  | { readonly page: 'trace'; readonly id: string | null; readonly step: number | null }
  | { readonly page: 'graph'; readonly id: string };

/** Reads the part of an address after `#`, with or without that sign. What makes no sense leads to the verdicts. */
export function readAddress(hash: string): Address {
  const parameters = new URLSearchParams(hash.replace(/^#/, ''));
  const graph = parameters.get('graph');
  if (graph !== null) return { page: 'graph', id: graph };
  const claim = parameters.get('review');
  if (claim !== null) return { page: 'review', claim: claim === '' ? null : claim };
  const id = parameters.get('trace');
  const step = readStep(parameters.get('step'));
  return id === null && step === null ? { page: 'verdicts' } : { page: 'trace', id, step };
}

const readStep = (text: string | null): number | null =>
  text !== null && /^\d{1,7}$/.test(text) ? Number(text) : null;

/** The address of a step, `#` included. */
export const stepAddress = (id: string, step: number): string => `${traceAddress(id)}&step=${step}`;
export const traceAddress = (id: string): string => `#trace=${id}`;
export const reviewAddress = '#review';
export const claimAddress = (id: string): string => `${reviewAddress}=${id}`;
export const graphAddress = (id: string): string => `#graph=${id}`;
