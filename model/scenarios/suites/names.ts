/** The names of the suites: `default` is for every run, `deep` for a machine with time. */
export const suiteNames = ['default', 'deep'] as const;
export type SuiteName = (typeof suiteNames)[number];
