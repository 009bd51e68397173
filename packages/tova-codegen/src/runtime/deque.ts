// Values → a queue with two ends, in constant time at both (spec 14).

class DequeList<T> {
  readonly #items = new Map<number, T>();
  #start = 0;
  #end = 0;

  get __tag(): string {
    return "Deque";
  }
  __empty(): DequeList<T> {
    return new DequeList();
  }
  get length(): number {
    return this.#end - this.#start;
  }
  is_empty(): boolean {
    return this.length === 0;
  }
  push_back(value: T): this {
    this.#items.set(this.#end++, value);
    return this;
  }
  push_front(value: T): this {
    this.#items.set(--this.#start, value);
    return this;
  }
  /** Takes the last value out; nil when there is none. */
  pop_back(): T | null {
    return this.length > 0 ? this.take(--this.#end) : null;
  }
  /** Takes the first value out; nil when there is none. */
  pop_front(): T | null {
    return this.length > 0 ? this.take(this.#start++) : null;
  }
  peek_back(): T | null {
    return this.#items.get(this.#end - 1) ?? null;
  }
  peek_front(): T | null {
    return this.#items.get(this.#start) ?? null;
  }
  clear(): this {
    this.#items.clear();
    this.#start = 0;
    this.#end = 0;
    return this;
  }
  to_list(): T[] {
    return [...this];
  }
  toJSON(): T[] {
    return [...this];
  }
  *[Symbol.iterator](): Generator<T> {
    for (let at = this.#start; at < this.#end; at++) yield this.#items.get(at) as T;
  }
  private take(at: number): T {
    const value = this.#items.get(at) as T;
    this.#items.delete(at);
    return value;
  }
}

/** A queue with two ends. */
export function Deque<T>(values: Iterable<T> = []): DequeList<T> {
  const deque = new DequeList<T>();
  for (const value of values) deque.push_back(value);
  return deque;
}
