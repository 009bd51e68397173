// Flat patterns of bindings and patterns of match arms against values (spec 3, 7).
import type { ast } from "tova-parser";
import { evaluate } from "./expression";
import { tagOf } from "./operators";
import { testOf } from "./refinement";
import { define, find, type Scope } from "./scope";
import type { Steps } from "./steps";
import { isOf } from "./type-test";
import { Alias, fieldsOf } from "./types";

/** Binds a name or the names of a flat pattern. */
export function* bindTarget(
  scope: Scope,
  target: ast.Name | ast.BindingPattern,
  value: unknown,
  mutable: boolean,
): Steps<void> {
  if (target.kind === "Name") define(scope, target.name, value, { from: target.from, mutable });
  else if (target.kind === "ObjectPattern") yield* bindObject(scope, target, value, mutable);
  else yield* bindArray(scope, target, value, mutable);
}

function* bindObject(
  scope: Scope,
  pattern: ast.ObjectPattern,
  value: unknown,
  mutable: boolean,
): Steps<void> {
  // As in JavaScript, nothing can be taken out of nil.
  if (value === null || value === undefined) throw new TypeError("nothing to destructure");
  const taken = new Set<string>();
  const object = Object(value) as Record<string, unknown>;
  for (const { key, binding, fallback } of pattern.entries) {
    let part: unknown;
    if (key === null) {
      part = Object.fromEntries(Object.entries(object).filter(([name]) => !taken.has(name)));
    } else {
      taken.add(key);
      part = object[key];
      if (part === undefined && fallback) part = yield* evaluate(scope, fallback);
    }
    define(scope, binding.name, part, { from: binding.from, mutable });
  }
}

function* bindArray(
  scope: Scope,
  pattern: ast.ArrayPattern,
  value: unknown,
  mutable: boolean,
): Steps<void> {
  const rest = pattern.entries.some((entry) => entry.rest);
  const parts = takeParts(value as Iterable<unknown>, rest ? Infinity : pattern.entries.length);
  for (const [i, { binding, rest, fallback }] of pattern.entries.entries()) {
    let part = rest ? parts.slice(i) : parts[i];
    if (part === undefined && fallback) part = yield* evaluate(scope, fallback);
    define(scope, binding.name, part, { from: binding.from, mutable });
  }
}

function takeParts(values: Iterable<unknown>, count: number): unknown[] {
  const parts: unknown[] = [];
  const iterator = values[Symbol.iterator]();
  while (parts.length < count) {
    const { done, value } = iterator.next();
    if (done) return parts;
    parts.push(value);
  }
  iterator.return?.();
  return parts;
}

/** Whether a pattern matches; binds its names in the scope as it goes. */
export function* matches(scope: Scope, node: ast.MatchPattern, value: unknown): Steps<boolean> {
  switch (node.kind) {
    case "NamePattern":
      define(scope, node.name, value, { from: node.from });
      return true;
    case "LiteralPattern": {
      if (node.value.kind === "Nil") return value === null || value === undefined;
      return (yield* evaluate(scope, node.value)) === value;
    }
    case "RangePattern": {
      if (typeof value !== "number") return false;
      const start = (yield* evaluate(scope, node.start)) as number;
      const end = (yield* evaluate(scope, node.end)) as number;
      return value >= start && (node.inclusive ? value <= end : value < end);
    }
    case "PrefixPattern": {
      const prefix = (yield* evaluate(scope, node.prefix)) as string;
      if (typeof value !== "string" || !value.startsWith(prefix)) return false;
      define(scope, node.rest.name, value.slice(prefix.length), { from: node.rest.from });
      return true;
    }
    case "ListPattern":
      return Array.isArray(value) && (yield* matchesList(scope, node.elements, value));
    case "VariantPattern":
      return yield* matchesVariant(scope, node, value);
    case "AlternativePattern":
      for (const option of node.options) if (yield* matches(scope, option, value)) return true;
      return false;
  }
}

type Elements = ast.ListPattern["elements"];

function* matchesList(scope: Scope, elements: Elements, list: unknown[]): Steps<boolean> {
  const rest = elements.findIndex(({ kind }) => kind === "RestPattern");
  if (rest < 0 ? list.length !== elements.length : list.length < elements.length - 1) return false;
  const skipped = list.length - elements.length;
  for (const [i, element] of elements.entries()) {
    if (element.kind === "RestPattern") {
      const part = list.slice(i, i + skipped + 1);
      define(scope, element.binding.name, part, { from: element.binding.from });
      continue;
    }
    const at = rest >= 0 && i > rest ? i + skipped : i;
    if (!(yield* matches(scope, element, list[at]))) return false;
  }
  return true;
}

/** What `limits.max` stands for in a pattern; undefined where it names a variant or a type. */
function memberOfValue(
  scope: Scope,
  { owner, through, name, fields }: ast.VariantPattern,
): unknown {
  if (!owner || fields.length > 0) return undefined;
  const found = find(scope, owner.name, owner.from);
  const host = globalThis as Record<string, unknown>;
  let member = found ? found.value : host[owner.name];
  for (const key of [...through, name]) member = (member as Record<string, unknown> | null)?.[key];
  const isType = fieldsOf(member) || testOf(member) || member instanceof Alias;
  return isType ? undefined : member;
}

function* matchesVariant(scope: Scope, node: ast.VariantPattern, value: unknown): Steps<boolean> {
  const member = memberOfValue(scope, node);
  if (member !== undefined) return value === member;
  const defined = find(scope, node.name, node.from)?.value;
  const fields = fieldsOf(defined);
  const isType = fields || testOf(defined) || defined instanceof Alias;
  // A constant of the program compares.
  if (defined !== undefined && !isType && node.fields.length === 0) return value === defined;
  const tagged = fields?.tag !== null && tagOf(value) === (fields?.tag ?? node.name);
  if (!tagged && !isOf(scope, node.name, node.from, value)) return false;
  const names = fields?.names ?? fieldNames(value);
  for (const [i, field] of node.fields.entries()) {
    if (field.kind === "RestPattern") continue;
    const part = (value as Record<string, unknown>)[names[i] ?? ""];
    if (!(yield* matches(scope, field, part))) return false;
  }
  return true;
}

/** The fields of a variant that the program does not name. */
const fieldNames = (value: unknown): string[] =>
  Object.keys(Object(value)).filter((name) => name !== "__tag");
