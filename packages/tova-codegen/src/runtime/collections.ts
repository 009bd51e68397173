// Values → collections with an order, defaults, counts or limits (spec 14). What changes one gives
// it back, so that calls can be chained. What is private is so for engines too: as text, whatever has a
// tag shows its fields.
import { clone } from "./objects";

class OrderedDictMap<K, V> extends Map<K, V> {
  get __tag(): string {
    return "OrderedDict";
  }
  __empty(): Map<K, V> {
    return new OrderedDictMap();
  }
  toJSON(): object {
    return Object.fromEntries(this);
  }
}

/** Pairs of key and value, or an object of them; nil has none. */
type Entries<K, V> = Iterable<readonly [K, V]> | Readonly<Record<string, V>> | null;

const pairsOf = <K, V>(entries: Entries<K, V>): Iterable<readonly [K, V]> => {
  const given = entries ?? [];
  return (Symbol.iterator in given ? given : Object.entries(given)) as Iterable<readonly [K, V]>;
};

/** Keys in the order in which they were first set. */
export function OrderedDict<K, V>(entries: Entries<K, V> = []): Map<K, V> {
  return new OrderedDictMap(pairsOf(entries));
}

class DefaultDictMap<K, V> extends OrderedDictMap<K, V> {
  readonly #make: () => V;
  constructor(make: () => V, entries: Iterable<readonly [K, V]>) {
    super();
    this.#make = make;
    for (const [key, value] of entries) this.set(key, value);
  }
  override get __tag(): string {
    return "DefaultDict";
  }
  override __empty(): Map<K, V> {
    return new DefaultDictMap(this.#make, []);
  }
  /** The value of a key, made and kept where there is none. */
  override get(key: K): V {
    if (!this.has(key)) this.set(key, this.#make());
    return super.get(key) as V;
  }
}

/**
 * A dictionary that makes the value of a key that it does not have: by a function, or a copy of the
 * value, so that no two keys share a list.
 */
export function DefaultDict<K, V>(fallback: V | (() => V), entries: Entries<K, V> = []): Map<K, V> {
  const make = typeof fallback === "function" ? (fallback as () => V) : () => clone(fallback);
  return new DefaultDictMap<K, V>(make, pairsOf(entries));
}

class CounterMap<K> extends OrderedDictMap<K, number> {
  override get __tag(): string {
    return "Counter";
  }
  override __empty(): Map<K, number> {
    return new CounterMap();
  }
  override get(key: K): number {
    return super.get(key) ?? 0;
  }
  /** Counts a value once more, or so many times. */
  add(key: K, times = 1): this {
    return this.set(key, this.get(key) + times);
  }
  /** Pairs of value and count, the most frequent first. */
  most_common(n?: number): [K, number][] {
    return [...this].sort(([, a], [, b]) => b - a).slice(0, n);
  }
  total(): number {
    return [...this.values()].reduce((sum, count) => sum + count, 0);
  }
}

/** How often each value is there; 0 for what is not. */
export function Counter<K>(values: Iterable<K> = []): CounterMap<K> {
  const counter = new CounterMap<K>();
  for (const value of values) counter.add(value);
  return counter;
}

class LRUCacheMap<K, V> extends OrderedDictMap<K, V> {
  readonly #limit: number;
  constructor(limit: number) {
    super();
    this.#limit = limit;
  }
  override get __tag(): string {
    return "LRUCache";
  }
  override __empty(): Map<K, V> {
    return new LRUCacheMap(this.#limit);
  }
  override get(key: K): V | undefined {
    if (!this.has(key)) return undefined;
    const value = super.get(key) as V;
    this.delete(key);
    super.set(key, value);
    return value;
  }
  override set(key: K, value: V): this {
    this.delete(key);
    super.set(key, value);
    if (this.size > this.#limit) this.delete(this.keys().next().value as K);
    return this;
  }
}

/**
 * A cache of so many entries, which drops the one that was not used for the longest time.
 * @throws RangeError when the limit is below 1
 */
export function LRUCache<K, V>(limit: number): Map<K, V> {
  if (!(limit >= 1)) throw new RangeError(`LRUCache needs a size of at least 1, not ${limit}`);
  return new LRUCacheMap<K, V>(limit);
}
