// Lists and their items → what the library's functions for them give (spec 14), in plain loops.
import { type Any, type Library, less, listOf } from "./values";

/** A function of lists that takes a lazy sequence by the sequence's own method, which stays lazy. */
const orLazily =
  (name: string, ofList: Any): Any =>
  (items: Any, ...args: Any[]) =>
    items?.__tag === "Seq" ? items[name](...args) : ofList(items, ...args);

const orders: Any = { Less: -1, Equal: 0, Greater: 1 };

/** What has no order comes last. */
const noOrder = (key: Any): number =>
  Number(key === null || key === undefined || Number.isNaN(key));

/** Where nothing else is said, what is undefined comes last, as in JavaScript. */
const sorted = (list: Any[]): Any[] => [
  ...sort(list.filter((item) => item !== undefined)),
  ...list.filter((item) => item === undefined),
];

const sort = (list: Any[], key: Any = (item: Any) => item): Any[] =>
  key.length === 2
    ? [...list].sort((a, b) => {
        const order = key(a, b);
        return orders[order?.__tag] ?? order;
      })
    : byKey(list, key);

const byKey = (list: Any[], key: Any): Any[] =>
  list
    .map((item) => [key(item), item])
    .sort(([a], [b]) => noOrder(a) - noOrder(b) || (less(a, b) ? -1 : less(b, a) ? 1 : 0))
    .map(([, item]) => item);

/** The first item whose key no other one comes before. */
function best(items: Any, key: Any, before: (a: Any, b: Any) => boolean): Any {
  const list = listOf(items);
  if (list.length === 0) return null;
  let chosen = list[0];
  let chosenKey = key(chosen);
  for (const item of list.slice(1)) {
    const next = key(item);
    if (before(next, chosenKey)) [chosen, chosenKey] = [item, next];
  }
  return chosen;
}

const oneByOne = (items: Any, others: Any[]): Any =>
  typeof items === "number" ? [items, ...others] : items;

const same = (item: Any) => item;
const more = (a: Any, b: Any) => less(b, a);

function total(items: Any, key: Any = same): Any {
  let result = 0;
  for (const item of listOf(items)) result = result + Number(key(item));
  return result;
}

function whole(size: Any): number {
  if (!(size >= 1)) throw new RangeError("size");
  return Math.trunc(size);
}

/** The first item that passes, with its place; no more items are asked for. */
function firstPassing(items: Any, test: Any): { item: Any; place: number } | null {
  let place = -1;
  for (const item of items) if (test(item, ++place)) return { item, place };
  return null;
}

/** Functions that change, choose or fold the items one by one. */
export const eachOf: Library = {
  map: orLazily("map", (items: Any, change: Any) =>
    listOf(items).map((item, i) => change(item, i)),
  ),
  filter: orLazily("filter", (items: Any, test: Any) => {
    const kept: Any[] = [];
    for (const [i, item] of listOf(items).entries()) if (test(item, i)) kept.push(item);
    return kept;
  }),
  reduce(items, fold, ...start) {
    const list = listOf(items);
    if (list.length === 0 && start.length === 0) throw new TypeError("nothing to reduce");
    let [value, at] = start.length > 0 ? [start[0], 0] : [list[0], 1];
    for (; at < list.length; at++) value = fold(value, list[at], at);
    return value;
  },
  find: (items, test) => firstPassing(items, test)?.item ?? null,
  find_index: (items, test) => firstPassing(items, test)?.place ?? null,
  any: (items, test = same) => firstPassing(items, test) !== null,
  all: (items, test = same) =>
    firstPassing(items, (item: Any, place: Any) => !test(item, place)) === null,
  flat_map: orLazily("flat_map", (items: Any, change: Any) =>
    [].concat(...(eachOf.map?.(items, change) ?? [])),
  ),
  count: (items, test = () => true) => eachOf.filter?.(listOf(items), test).length,
  partition(items, test) {
    const parts: [Any[], Any[]] = [[], []];
    for (const [i, item] of listOf(items).entries()) parts[test(item, i) ? 0 : 1].push(item);
    return parts;
  },
  group_by(items, key) {
    const groups: Any = {};
    for (const [i, item] of listOf(items).entries()) {
      const name = String((typeof key === "string" ? item[key] : key(item, i)) ?? null);
      if (!Object.hasOwn(groups, name)) groups[name] = [];
      groups[name].push(item);
    }
    return groups;
  },
  scan(items, fold, ...start) {
    let value = start[0];
    return listOf(items).map((item, i) => {
      value = i === 0 && start.length === 0 ? item : fold(value, item);
      return value;
    });
  },
  zip_with: (left, right, join) => parts.zip?.(left, right).map(([a, b]: [Any, Any]) => join(a, b)),
};

/** Functions that order items or measure them. */
export const order: Library = {
  sorted: (items, ...[key]) => (key ? sort(listOf(items), key) : sorted(listOf(items))),
  is_sorted: (items) => listOf(items).every((item, i, list) => i === 0 || !less(item, list[i - 1])),
  min: (items, ...others) => best(oneByOne(items, others), same, less),
  max: (items, ...others) => best(oneByOne(items, others), same, more),
  min_by: (items, key) => best(items, key, less),
  max_by: (items, key) => best(items, key, more),
  compare: (a, b) => ({ __tag: less(a, b) ? "Less" : less(b, a) ? "Greater" : "Equal" }),
  compare_by: (key) => (a: Any, b: Any) => order.compare?.(key(a), key(b)),
  sum: (items) => total(items),
  sum_by: total,
  avg: (items) => (listOf(items).length === 0 ? 0 : total(items) / listOf(items).length),
  product(items) {
    let result = 1;
    for (const item of listOf(items)) result = result * item;
    return result;
  },
  mean: (items) => (listOf(items).length === 0 ? null : total(items) / listOf(items).length),
  mode(items) {
    const counts = new Map<Any, number>();
    for (const item of listOf(items)) counts.set(item, 1 + (counts.get(item) ?? 0));
    const [found] = best([...counts], (entry: Any) => entry[1], more) ?? [null];
    return found;
  },
};

/** Functions that take lists apart and put them together. */
export const parts: Library = {
  range(start, ...[end, step = 1]) {
    const [from, to] = end === undefined ? [0, start] : [start, end];
    const by = Math.abs(step);
    const made: number[] = [];
    if (from <= to) for (let i = 0; from + i * by < to; i++) made.push(from + i * by);
    else for (let i = 0; from - i * by > to; i++) made.push(from - i * by);
    return made;
  },
  first: (items) => firstPassing(items, () => true)?.item ?? null,
  last: (items) => listOf(items)[listOf(items).length - 1] ?? null,
  take: orLazily("take", (items: Any, n: Any) => {
    const taken: Any[] = [];
    const isLast = (item: Any) => taken.push(item) >= Math.trunc(n);
    if (Math.trunc(n) > 0) firstPassing(items, isLast);
    return taken;
  }),
  drop: orLazily("drop", (items: Any, n: Any) =>
    listOf(items).filter((_, i) => i >= Math.trunc(n)),
  ),
  reversed: (items) => listOf(items).map((_, i, list) => list[list.length - 1 - i]),
  unique: (items) => listOf(items).filter((item, i, list) => includesSame(list, item) === i),
  compact: (items) => listOf(items).filter((item) => item !== null && item !== undefined),
  flatten: (items) =>
    [].concat(
      ...listOf(items).map((item) => (Array.isArray(item) ? parts.flatten?.(item) : [item])),
    ),
  chunk(items, size) {
    const made: Any[][] = [];
    for (const [i, item] of listOf(items).entries()) {
      if (i % whole(size) === 0) made.push([]);
      made[made.length - 1]?.push(item);
    }
    whole(size);
    return made;
  },
  zip: orLazily("zip", (...lists: Any[]) => {
    const made: Any[][] = [];
    const runs = lists.map((list) => list[Symbol.iterator]());
    while (runs.length > 0) {
      const next = runs.map((run) => run.next());
      if (next.some(({ done }) => done)) break;
      made.push(next.map(({ value }) => value));
    }
    return made;
  }),
  enumerate: orLazily("enumerate", (items: Any) => listOf(items).map((item, i) => [i, item])),
  filled: (n, value) => Array(Math.max(0, Math.trunc(n) || 0)).fill(value),
  sliding_window: (items, size) =>
    listOf(items).flatMap((_, i, list) =>
      i + whole(size) <= list.length ? [list.slice(i, i + whole(size))] : [],
    ),
  pairwise: (items) => parts.sliding_window?.(items, 2),
  intersperse: (items, between) =>
    listOf(items)
      .flatMap((item) => [between, item])
      .slice(1),
  rotate(items, n) {
    const list = listOf(items);
    return list.map((_, i) => list[(((i + n) % list.length) + list.length) % list.length]);
  },
  frequencies(items) {
    const counts: Any = {};
    for (const item of listOf(items)) counts[String(item)] = (counts[String(item)] ?? 0) + 1;
    return counts;
  },
  update_at(items, at, change) {
    const place = at < 0 ? at + listOf(items).length : at;
    return listOf(items).map((item, i) =>
      i === place ? (typeof change === "function" ? change(item) : change) : item,
    );
  },
  union: (left, right) => parts.unique?.([...left, ...right]),
  intersection: (left, right) =>
    parts.unique?.(left).filter((item: Any) => includesSame(listOf(right), item) >= 0),
  difference: (left, right) =>
    parts.unique?.(left).filter((item: Any) => includesSame(listOf(right), item) < 0),
};

/** The first place of a value, NaN included; -1 where it is not. */
const includesSame = (list: Any[], value: Any): number =>
  list.findIndex((item) => item === value || (Number.isNaN(item) && Number.isNaN(value)));
