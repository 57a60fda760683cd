/** Numbers things in the order in which they come, equal ones alike. */
export class Numbered<T> {
  readonly all: T[] = [];
  private readonly known = new Map<string, number>();

  of(value: T): number {
    const key = JSON.stringify(value);
    const number = this.known.get(key) ?? this.all.push(value) - 1;
    this.known.set(key, number);
    return number;
  }
}
