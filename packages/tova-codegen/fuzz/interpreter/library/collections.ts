// Values → dictionaries, counters, caches, queues and lazy sequences (spec 14), in plain objects.
import { sequence, tagged } from "./sequences";
import type { Any, Library } from "./values";

/** A map with what all dictionaries of the library have. */
function dictionary(tag: string, members: Readonly<Record<string, Any>> = {}): Map<Any, Any> {
  const made = new Map();
  const fixed = {
    __tag: tag,
    toJSON: () => Object.fromEntries([...made].map(([key, value]) => [String(key), value])),
    ...members,
  };
  for (const [name, value] of Object.entries(fixed)) Object.defineProperty(made, name, { value });
  return made;
}

const { get, set } = Map.prototype;

/** Sets each pair by the dictionary's own `set`. */
function filled(made: Map<Any, Any>, pairs: Any = []): Map<Any, Any> {
  for (const [key, value] of pairs) made.set(key, value);
  return made;
}

const countOf = (made: Map<Any, Any>, key: Any): number => get.call(made, key) ?? 0;

function counter(values: Any = []): Any {
  const made: Any = dictionary("Counter", {
    get: (key: Any) => countOf(made, key),
    add: (key: Any, times = 1) => made.set(key, countOf(made, key) + times),
    total: () => [...made.values()].reduce((sum: number, n: number) => sum + n, 0),
    most_common(n?: number) {
      const counts = [...new Set<number>(made.values())].sort((a, b) => b - a);
      const all = counts.flatMap((count) => [...made].filter(([, each]) => each === count));
      return n === undefined ? all : all.filter((_, i) => i < n);
    },
  });
  for (const value of values) made.add(value);
  return made;
}

function cache(limit: number): Any {
  if (!(limit >= 1)) throw new RangeError("limit");
  const renew = (key: Any, value: Any) => {
    made.delete(key);
    return set.call(made, key, value);
  };
  const made: Any = dictionary("LRUCache", {
    get(key: Any) {
      if (!made.has(key)) return undefined;
      const value = get.call(made, key);
      renew(key, value);
      return value;
    },
    set(key: Any, value: Any) {
      renew(key, value);
      const [oldest] = made.keys();
      if (made.size > limit) made.delete(oldest);
      return made;
    },
  });
  return made;
}

function fallingBack(fallback: Any, pairs?: Any): Any {
  const made: Any = dictionary("DefaultDict", {
    get(key: Any) {
      if (!made.has(key)) made.set(key, typeof fallback === "function" ? fallback() : fallback);
      return get.call(made, key);
    },
  });
  return filled(made, pairs);
}

function deque(values: Any = []): Any {
  const items = [...values];
  const change =
    (run: (value: Any) => void) =>
    (value?: Any): Any => {
      run(value);
      return self;
    };
  const self: Any = {
    get length() {
      return items.length;
    },
    is_empty: () => items.length === 0,
    push_back: change((value) => items.push(value)),
    push_front: change((value) => items.unshift(value)),
    pop_back: () => (items.length > 0 ? items.pop() : null),
    pop_front: () => (items.length > 0 ? items.shift() : null),
    peek_back: () => items[items.length - 1] ?? null,
    peek_front: () => items[0] ?? null,
    clear: change(() => items.splice(0)),
    to_list: () => [...items],
    toJSON: () => [...items],
    [Symbol.iterator]: () => items[Symbol.iterator](),
  };
  return tagged("Deque", self);
}

/** Values on their way from those who send to those who receive, in order (spec 14). */
function channel(capacity: number = 0): Any {
  const values: Any[] = [];
  const waiting: ((step: IteratorResult<Any>) => void)[] = [];
  const blocked: (() => void)[] = [];
  let closed = false;
  const next = (): Promise<IteratorResult<Any>> => {
    if (values.length > 0) {
      const value = values.splice(0, 1)[0];
      blocked.splice(0, 1)[0]?.();
      return Promise.resolve({ done: false, value });
    }
    if (closed) return Promise.resolve({ done: true, value: null });
    return new Promise((resolve) => waiting.push(resolve));
  };
  return tagged("Channel", {
    async send(value: Any) {
      if (closed) throw new Error("closed");
      const first = waiting.splice(0, 1)[0];
      if (first) first({ done: false, value });
      else if (values.push(value) > capacity) await new Promise<void>((go) => blocked.push(go));
    },
    receive: async () => (await next()).value ?? null,
    close() {
      closed = true;
      for (const tell of waiting.splice(0)) tell({ done: true, value: null });
    },
    [Symbol.asyncIterator]: () => ({ next, return: async () => ({ done: true, value: null }) }),
  });
}

/** A function that `new` can be used with too, which an arrow is not. */
function maker(make: (...args: Any[]) => Any): Library[string] {
  function Collection(...args: Any[]): Any {
    return make(...args);
  }
  return Collection;
}

/** Names as programs write them. */
export const collections: Library = {
  OrderedDict: maker((pairs) => filled(dictionary("OrderedDict"), pairs)),
  DefaultDict: maker(fallingBack),
  Counter: maker(counter),
  LRUCache: maker(cache),
  Deque: maker(deque),
  Channel: maker(channel),
  Seq: maker((values) => sequence(values, [])),
  iter: maker((values) => sequence(values, [])),
};
