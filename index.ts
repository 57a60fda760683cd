/**
 * The library: the language in which a system is written, the explorer that visits it, and the copy-on-write page-table
 * protocol written in it. The explorer knows nothing of page tables: `System` is all that it takes.
 */
export { assemble } from './checking/assemble.ts';
export { graphologyOf } from './evidence/graph/graphology.ts';
export {
  type Graph,
  type GraphEdge,
  type GraphNode,
  QUOTIENTS,
  type Quotient,
} from './explorer/graph/graph.ts';
export { neighbourhoodOf } from './explorer/graph/neighbourhood.ts';
export { type Picture, pictureOf } from './explorer/graph/picture.ts';
export { quotientGraph, TooManyClasses } from './explorer/graph/quotient.ts';
export { stateGraph } from './explorer/graph/states.ts';
export type { Options, Progress } from './explorer/options.ts';
export type { Finding, Move, Outcome, Reason, Run, Verdict } from './explorer/outcome.ts';
export { explore, exploreInTurns } from './explorer/search/explore.ts';
export { violationWithin, type Within } from './explorer/search/within-switches.ts';
export { replay } from './explorer/trace/replay.ts';
export type { HandOvers, Trace, TraceState, TraceStep, TraceViolation } from './explorer/trace/trace.ts';
export { exploreWithXState } from './explorer/xstate/explore.ts';
export * from './model/language/effect.ts';
export * from './model/language/expression.ts';
export * from './model/language/machine.ts';
export { LanguageError, type MachineTable, readMachine } from './model/language/reading.ts';
export type { Check, Condition, Monitor, System, ThreadDeclaration } from './model/language/system.ts';
export * from './model/language/variable.ts';
export { InputError } from './model/scenarios/input-error.ts';
export { readScenario } from './model/scenarios/read.ts';
export type { Scenario } from './model/scenarios/scenario.ts';
export { suites } from './model/scenarios/suites/index.ts';
export { protocols } from './model/variants/index.ts';
export type { Edits, Protocol } from './model/variants/protocol.ts';
export { properties } from './properties/index.ts';
export type { Property } from './properties/property.ts';
