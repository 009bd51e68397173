// Calls of methods that only Tova has → the receiver's own method, or the library's (spec 14).
import { isEmpty, len } from "./convert";
import {
  all,
  any,
  chunk,
  compact,
  count,
  drop,
  enumerate,
  findIndex,
  first,
  flatMap,
  flatten,
  groupBy,
  includes,
  indexOf,
  last,
  partition,
  reversed,
  take,
  unique,
  zip,
} from "./lists";
import { frequencies, zipWith } from "./lists-more";
import { avg, max, min, sorted, sum } from "./order";
import {
  camelCase,
  capitalize,
  charAt,
  chars,
  endsWith,
  kebabCase,
  lines,
  lower,
  padEnd,
  padStart,
  replaceFirst,
  slugify,
  snakeCase,
  startsWith,
  titleCase,
  trimEnd,
  trimStart,
  truncate,
  upper,
  words,
} from "./text";

// biome-ignore lint/suspicious/noExplicitAny: stands for every function of the library.
type Library = (receiver: any, ...args: any[]) => unknown;

/**
 * Calls the receiver's own method when it has one of the name, else the library's function.
 * @param other another spelling of the name
 */
export function callMethod(
  receiver: unknown,
  name: string,
  library: Library,
  args: unknown[],
  other = name,
): unknown {
  const methods = receiver as Record<string, unknown>;
  const own = methods[name] ?? methods[other];
  return typeof own === "function" ? own.apply(receiver, args) : library(receiver, ...args);
}

export function methodUpper(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "upper", upper, args);
}

export function methodLower(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "lower", lower, args);
}

export function methodContains(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "contains", includes, args);
}

export function methodStartsWith(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "starts_with", startsWith, args);
}

export function methodEndsWith(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "ends_with", endsWith, args);
}

export function methodChars(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "chars", chars, args);
}

export function methodWords(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "words", words, args);
}

export function methodLines(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "lines", lines, args);
}

export function methodCapitalize(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "capitalize", capitalize, args);
}

export function methodTitleCase(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "title_case", titleCase, args, "titleCase");
}

export function methodSnakeCase(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "snake_case", snakeCase, args, "snakeCase");
}

export function methodCamelCase(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "camel_case", camelCase, args, "camelCase");
}

export function methodSorted(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "sorted", sorted, args);
}

export function methodReversed(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "reversed", reversed, args);
}

export function methodUnique(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "unique", unique, args);
}

export function methodChunk(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "chunk", chunk, args);
}

export function methodFlatten(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "flatten", flatten, args);
}

export function methodFirst(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "first", first, args);
}

export function methodLast(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "last", last, args);
}

export function methodTake(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "take", take, args);
}

export function methodDrop(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "drop", drop, args);
}

export function methodCompact(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "compact", compact, args);
}

export function methodSum(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "sum", sum, args);
}

export function methodMinVal(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "min_val", min, args, "minVal");
}

export function methodMaxVal(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "max_val", max, args, "maxVal");
}

export function methodGroupBy(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "group_by", groupBy, args, "groupBy");
}

export function methodPartition(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "partition", partition, args);
}

export function methodZipWith(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "zip_with", zipWith, args, "zipWith");
}

export function methodFrequencies(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "frequencies", frequencies, args);
}

export function methodLen(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "len", len, args);
}

export function methodIsEmpty(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "is_empty", isEmpty, args, "isEmpty");
}

export function methodAny(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "any", any, args);
}

export function methodAll(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "all", all, args);
}

export function methodCount(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "count", count, args);
}

export function methodEnumerate(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "enumerate", enumerate, args);
}

export function methodZip(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "zip", zip, args);
}

export function methodFindIndex(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "find_index", findIndex, args);
}

export function methodFlatMap(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "flat_map", flatMap, args);
}

export function methodMin(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "min", min, args);
}

export function methodMax(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "max", max, args);
}

export function methodAvg(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "avg", avg, args);
}

export function methodPadStart(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "pad_start", padStart, args);
}

export function methodPadEnd(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "pad_end", padEnd, args);
}

export function methodTrimStart(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "trim_start", trimStart, args);
}

export function methodTrimEnd(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "trim_end", trimEnd, args);
}

export function methodIndexOf(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "index_of", indexOf, args);
}

export function methodCharAt(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "char_at", charAt, args);
}

export function methodReplaceFirst(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "replace_first", replaceFirst, args, "replaceFirst");
}

export function methodTruncate(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "truncate", truncate, args);
}

export function methodSlugify(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "slugify", slugify, args);
}

export function methodKebabCase(receiver: unknown, ...args: unknown[]): unknown {
  return callMethod(receiver, "kebab_case", kebabCase, args, "kebabCase");
}
