/**
 * The names that options take, without what they stand for: the help and a slip of the hand need only these, and nothing
 * else has to be read for them.
 */
export const engineNames = ['auto', 'js', 'wasm', 'xstate'] as const;
export type EngineName = (typeof engineNames)[number];

export const layoutNames = ['lockdep', 'commit'] as const;
export type Layout = (typeof layoutNames)[number];

export const traceFormatNames = ['lockdep', 'commit', 'json', 'sarif', 'itf', 'shiviz'] as const;
export type TraceFormatName = (typeof traceFormatNames)[number];

export const graphFormatNames = ['gexf', 'graphml', 'dot', 'mermaid', 'jsonl'] as const;
export type GraphFormatName = (typeof graphFormatNames)[number];

export const languageNames = ['promela', 'murphi', 'tla'] as const;
export type LanguageName = (typeof languageNames)[number];

export const reviewFormatNames = ['text', 'markdown', 'html', 'json', 'sarif'] as const;
export type ReviewFormatName = (typeof reviewFormatNames)[number];

export const kindNames = ['scenarios', 'properties', 'protocols', 'threads'] as const;
export type Kind = (typeof kindNames)[number];

export const colorChoices = ['auto', 'always', 'never'] as const;
export type ColorChoice = (typeof colorChoices)[number];
