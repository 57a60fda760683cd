import type { Location, PhysicalLocation } from 'sarif';
import type { TraceStep } from '../../explorer/trace/trace.ts';

/** The name of the folder to which the paths of all files are relative. Where that is only the reader knows. */
export const sourceTree = 'LINUX';

/** A line of a file of the kernel. */
export const lineOf = (uri: string, startLine: number): PhysicalLocation => ({
  artifactLocation: { uri: encodeURI(uri), uriBaseId: sourceTree },
  region: { startLine },
});

/** Where a step stands, and what it does. */
export const placeOf = (step: TraceStep, text: string): Location => ({
  // Lines count from 1; a step without one stands for no line.
  ...(step.line > 0 && { physicalLocation: lineOf(step.file, step.line) }),
  logicalLocations: [{ name: step.function, fullyQualifiedName: step.function, kind: 'function' }],
  message: { text },
});
