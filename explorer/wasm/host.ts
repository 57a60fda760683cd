/** The part of the WebAssembly JavaScript interface that is used; the types of Node.js do not declare it. */
export interface Memory {
  readonly buffer: SharedArrayBuffer;
  readonly grow: (pages: number) => number;
}

/** Compiled code; it can be sent to another thread. */
export type Module = object;

interface Host {
  readonly Memory: new (limits: {
    readonly initial: number;
    readonly maximum: number;
    readonly shared: true;
  }) => Memory;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => Module;
  readonly Instance: new (
    module: Module,
    imports: { readonly host: object },
  ) => { readonly exports: unknown };
}

export const { Memory, Module, Instance } = (globalThis as unknown as { readonly WebAssembly: Host })
  .WebAssembly;
