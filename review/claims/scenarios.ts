// Scenarios of the default suite that several claims are decided by.

export const oneEach = 'one write-fault in each of A and B';
export const three = 'one write-fault in each of A, B and C';
export const twoFaults = 'two write-faults in A, one in B';
export const twoBesideIdle = 'two write-faults in A beside an idle B';
const oneBesideExit = 'one write-fault in A beside the exit of B';
export const twoBesideExit = 'two write-faults in A beside the exit of B';
export const failing = (scenario: string): string => `${scenario}, one allocation may fail`;

export const noDebug = `${oneEach}, without CONFIG_DEBUG_VM`;
export const noSplit = `${oneEach}, without split PTE locks`;
export const stranger = 'a speculative reference beside write-faults in A and B';

export const cpuBesideFaults = 'a processor of A beside write-faults in A and B';
export const cpuBesideExit = 'a processor of A beside a write-fault in A and the exit of B';

/** Every fault that goes through the hook of __handle_mm_fault(), one of them beside a second thread of its mm. */
export const faults = [oneEach, three, twoBesideIdle, twoFaults, oneBesideExit, twoBesideExit];
