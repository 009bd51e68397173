// The names of the standard library → what they stand for, written for the tests from the
// specification alone (spec 14): nothing of the runtime that workers carry is used.

import { collections } from "./collections";
import { dates } from "./dates";
import { eachOf, order, parts } from "./lists";
import { functions, numbers } from "./numbers";
import { objects } from "./objects";
import { patterns } from "./patterns";
import { constants, results } from "./results";
import { tableFunctions } from "./tables";
import { texts } from "./texts";
import { type Any, values } from "./values";

const camelCase = (name: string): string =>
  name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const all: Readonly<Record<string, unknown>> = {
  ...{ ...values, ...eachOf, ...order, ...parts, ...texts, ...objects, ...numbers, ...functions },
  ...{ ...results, ...constants, ...collections, ...dates, ...patterns, ...tableFunctions },
};

const namespaces = {
  str: texts,
  arr: { ...eachOf, ...order, ...parts },
  math: {
    ...numbers,
    min: order.min,
    max: order.max,
    PI: Math.PI,
    E: Math.E,
    INF: Number.POSITIVE_INFINITY,
  },
};

/** What is interpreted of the library, by its names in snake_case and camelCase. */
export const library: ReadonlyMap<string, unknown> = new Map(
  Object.entries({ ...all, ...namespaces }).flatMap(([name, value]) => [
    [name, value] as const,
    [camelCase(name), value] as const,
  ]),
);

const functionsOfLibrary = new Set<unknown>([...library.values()]);

/** Whether a value is a function of the library itself. */
export const isOfLibrary = (value: unknown): value is (...args: unknown[]) => unknown =>
  typeof value === "function" && functionsOfLibrary.has(value);

const ofTexts =
  "upper lower contains starts_with ends_with chars words lines capitalize title_case";
const ofLists =
  "sorted reversed unique chunk flatten first last take drop compact sum group_by partition zip_with";
const more =
  "len is_empty any all count enumerate zip find_index flat_map min max avg pad_start pad_end trim_start trim_end index_of char_at replace_first truncate slugify kebab_case";
const methods = new Map<string, unknown>(
  `${ofTexts} ${ofLists} frequencies ${more}`.split(" ").map((name) => [name, all[name]]),
);
methods.set("min_val", all.min).set("max_val", all.max);
// Spellings that texts and lists do not have themselves.
for (const name of [
  ...["title_case", "kebab_case", "min_val", "max_val", "group_by", "zip_with", "is_empty"],
  "replace_first",
]) {
  methods.set(camelCase(name), methods.get(name));
}

/** Methods of the library that are not interpreted. */
const unknownMethods = new Set(["snake_case", "camel_case", "snakeCase", "camelCase"]);

type Method = (receiver: Any, ...args: unknown[]) => unknown;

/** The call of a method that only Tova has; undefined for any other name, null where unknown. */
export function libraryMethod(name: string): Method | null | undefined {
  if (unknownMethods.has(name)) return null;
  if (!methods.has(name)) return undefined;
  const known = methods.get(name) as Method | undefined;
  if (!known) return null;
  return (receiver, ...args) => {
    const own = receiver[name];
    return typeof own === "function" ? own.apply(receiver, args) : known(receiver, ...args);
  };
}
