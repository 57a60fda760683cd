import type { Protocol } from '../model/variants/protocol.ts';

const kept = new Map<string, Protocol>();

/** Keeps a protocol that was made of files, under the argument that names them. */
export const keepProtocol = (argument: string, protocol: Protocol): void => {
  kept.set(argument, protocol);
};

/** The protocol that was kept under an argument. */
export const keptProtocol = (argument: string): Protocol | undefined => kept.get(argument);
