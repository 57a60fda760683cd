/**
 * A primitive of the kernel: what a call of it does, in the order in which it does it. The tables of them are the model of everything
 * that the text does not define itself; a call that stands in neither is an error.
 */
export interface Primitive {
  readonly name: string;
  /** Its arguments, by the names that `steps` use. A star: by pointer. */
  readonly args: readonly string[];
  /**
   * What happens, in order: a name for the outcome, an action, and what it acts on. An action makes at most one access to shared
   * memory; one on values alone makes none and is no step of its own.
   */
  readonly steps: readonly (readonly [to: string, action: string, ...on: readonly string[]])[];
  /** The outcome that the call returns; null if it returns nothing. */
  readonly gives: string | null;
  readonly sleeps: boolean;
  /** Where the kernel defines it. */
  readonly where: string;
  /** Why a call without steps has none, where that is not plain. */
  readonly why?: string;
}

export const row = (
  name: string,
  args: string,
  steps: Primitive['steps'],
  gives: string | null,
  where: string,
  sleeps = false,
): Primitive => ({ name, args: args === '' ? [] : args.split(' '), steps, gives, where, sleeps });

/** A function of values alone. */
export const pure = (name: string, args: string, action: string, where: string): Primitive => {
  const names = args.split(' ').map((arg) => arg.replace('*', ''));
  return row(name, args, [['value', action, ...names]], 'value', where);
};
export const nothing = (name: string, args: string, where: string): Primitive =>
  row(name, args, [], null, where);
/** A call that changes nothing the model keeps, and why. */
export const withoutEffect = (name: string, args: string, where: string, why: string): Primitive => ({
  ...nothing(name, args, where),
  why,
});
