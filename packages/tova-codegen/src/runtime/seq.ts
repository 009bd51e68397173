// An iterable → a lazy sequence: each value goes through all steps before the next is asked for
// (spec 14).

/** What a step calls with a value and its place. */
type Each<T, U> = (value: T, index: number) => U;

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
  map<U>(change: Each<T, U>): SeqOf<U> {
    return this.through(function* (values) {
      let index = 0;
      for (const value of values) yield change(value, index++);
    });
  }
  filter(test: Each<T, unknown>): SeqOf<T> {
    return this.through(function* (values) {
      let index = 0;
      for (const value of values) if (test(value, index++)) yield value;
    });
  }
  /** What is changed to no list is a value itself. */
  flat_map<U>(change: Each<T, U | Iterable<U>>): SeqOf<U> {
    return this.through(function* (values) {
      let index = 0;
      for (const value of values) {
        const changed = change(value, index++);
        const many = typeof changed === "object" && Symbol.iterator in Object(changed);
        yield* (many ? changed : [changed]) as Iterable<U>;
      }
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
  /** As far as the shortest goes. */
  zip<U>(...others: Iterable<U>[]): SeqOf<[T, ...U[]]> {
    return this.through(function* (values) {
      const iterators = others.map((other) => other[Symbol.iterator]());
      try {
        for (const value of values) {
          const steps = iterators.map((iterator) => iterator.next());
          if (steps.some(({ done }) => done)) return;
          yield [value, ...steps.map((step) => step.value as U)];
        }
      } finally {
        for (const iterator of iterators) iterator.return?.();
      }
    });
  }
  /** @throws TypeError for an empty sequence without a start */
  reduce<U>(fold: (folded: U, value: T, index: number) => U, ...start: [U?]): U {
    let started = start.length > 0;
    let folded = start[0] as U;
    let index = 0;
    for (const value of this) {
      folded = started ? fold(folded, value, index) : (value as unknown as U);
      started = true;
      index++;
    }
    if (!started) throw new TypeError("reduce of an empty sequence needs a start");
    return folded;
  }
  /** The first value that passes; nil when none does. */
  find(test: Each<T, unknown>): T | null {
    let index = 0;
    for (const value of this) if (test(value, index++)) return value ?? null;
    return null;
  }
  first(): T | null {
    return this.find(() => true);
  }
  any(test: Each<T, unknown> = Boolean): boolean {
    let index = 0;
    for (const value of this) if (test(value, index++)) return true;
    return false;
  }
  all(test: Each<T, unknown> = Boolean): boolean {
    return !this.any((value, index) => !test(value, index));
  }
  /** How many values pass; without a test, how many there are. */
  count(test: Each<T, unknown> = () => true): number {
    let count = 0;
    for (const _ of this.filter(test)) count++;
    return count;
  }
  get length(): number {
    return this.count();
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
