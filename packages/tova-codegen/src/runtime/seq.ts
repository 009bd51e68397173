// An iterable → a lazy sequence: each value goes through all steps before the next is asked for
// (spec 14).

class SeqOf<T> {
  readonly #source: () => Iterable<T>;
  constructor(source: () => Iterable<T>) {
    this.#source = source;
  }
  get __tag(): string {
    return "Seq";
  }
  [Symbol.iterator](): Iterator<T> {
    return this.#source()[Symbol.iterator]();
  }
  private through<U>(step: (values: Iterable<T>) => Iterable<U>): SeqOf<U> {
    return new SeqOf(() => step(this));
  }
  map<U>(change: (value: T) => U): SeqOf<U> {
    return this.through(function* (values) {
      for (const value of values) yield change(value);
    });
  }
  filter(test: (value: T) => unknown): SeqOf<T> {
    return this.through(function* (values) {
      for (const value of values) if (test(value)) yield value;
    });
  }
  flat_map<U>(change: (value: T) => Iterable<U>): SeqOf<U> {
    return this.through(function* (values) {
      for (const value of values) yield* change(value);
    });
  }
  take(n: number): SeqOf<T> {
    return this.through(function* (values) {
      if (n <= 0) return;
      let left = n;
      for (const value of values) {
        yield value;
        if (--left <= 0) return;
      }
    });
  }
  drop(n: number): SeqOf<T> {
    return this.through(function* (values) {
      let left = n;
      for (const value of values) if (left-- <= 0) yield value;
    });
  }
  take_while(test: (value: T) => unknown): SeqOf<T> {
    return this.through(function* (values) {
      for (const value of values) {
        if (!test(value)) return;
        yield value;
      }
    });
  }
  drop_while(test: (value: T) => unknown): SeqOf<T> {
    return this.through(function* (values) {
      let dropping = true;
      for (const value of values) {
        dropping &&= Boolean(test(value));
        if (!dropping) yield value;
      }
    });
  }
  enumerate(): SeqOf<[number, T]> {
    return this.through(function* (values) {
      let index = 0;
      for (const value of values) yield [index++, value];
    });
  }
  zip<U>(others: Iterable<U>): SeqOf<[T, U]> {
    return this.through(function* (values) {
      const right = others[Symbol.iterator]();
      for (const value of values) {
        const other = right.next();
        if (other.done) return;
        yield [value, other.value];
      }
    });
  }
  reduce<U>(fold: (folded: U, value: T) => U, start: U): U {
    let folded = start;
    for (const value of this) folded = fold(folded, value);
    return folded;
  }
  /** The first value that passes; nil when none does. */
  find(test: (value: T) => unknown): T | null {
    for (const value of this) if (test(value)) return value;
    return null;
  }
  first(): T | null {
    return this.find(() => true);
  }
  any(test: (value: T) => unknown): boolean {
    for (const value of this) if (test(value)) return true;
    return false;
  }
  all(test: (value: T) => unknown): boolean {
    return !this.any((value) => !test(value));
  }
  count(): number {
    return this.reduce((sum) => sum + 1, 0);
  }
  each(run: (value: T) => unknown): void {
    for (const value of this) run(value);
  }
  /** All values, in a list. */
  collect(): T[] {
    return [...this];
  }
  to_list(): T[] {
    return [...this];
  }
  toJSON(): T[] {
    return [...this];
  }
}

/** A lazy sequence of the values. */
export function Seq<T>(values: Iterable<T>): SeqOf<T> {
  return new SeqOf(() => values);
}
