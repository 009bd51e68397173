// An expression → the object of the platform that it certainly is and that JSON has no form for.
import type { ast } from "tova-parser";
import { constantValue, type Facts, isGlobal, variableOf } from "./facts";

/** What becomes `{}` in JSON, and what to give instead. */
export interface EmptyInJson {
  readonly name: string;
  readonly instead: string;
}

const pairs = "Make an object of it, `from_entries(values)`.";
const list = "Make a list of it, `[...values]`.";
const message = "Give its `message`.";
const whole = "Give the response itself, or read it before.";

const insteadOf: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Map: pairs,
    Headers: pairs,
    FormData: pairs,
    URLSearchParams: pairs,
    Set: list,
    WeakMap: pairs,
    WeakSet: list,
    Error: message,
    TypeError: message,
    RangeError: message,
    RegExp: "Give its text, `to_string(value)`.",
    Response: whole,
    Request: "Give the parts that are asked for, such as its `url`.",
  }),
);

const iterates = new Set(["entries", "keys", "values"]);

/** Null for anything else. */
export function emptyInJson(facts: Facts, node: ast.Expression): EmptyInJson | null {
  const name = classOf(facts, node);
  const instead = name === null ? undefined : insteadOf.get(name);
  if (name !== null && instead) return saysItself(facts, name) ? null : { name, instead };
  if (node.kind !== "Call" || node.callee.kind !== "Member") return null;
  const { object, property } = node.callee;
  const isIterator = iterates.has(property.name) && object !== null && classOf(facts, object);
  return isIterator && insteadOf.get(isIterator) !== message
    ? { name: "Iterator", instead: list }
    : null;
}

/** Whether the program gives values of a class, or any value at all, a JSON form of its own. */
const saysItself = ({ methods, mentions }: Facts, name: string): boolean =>
  methods.get(name)?.has("toJSON") || mentions.assignsToJson();

/** The class of the platform that a value certainly is of. */
function classOf(facts: Facts, node: ast.Expression): string | null {
  switch (node.kind) {
    case "RegExp":
      return "RegExp";
    case "Identifier": {
      const variable = variableOf(facts, node);
      const value = constantValue(facts, variable);
      return value && value.kind !== "Identifier" ? classOf(facts, value) : null;
    }
    case "Call":
      return constructed(facts, node.callee);
    case "Await": {
      const { argument } = node;
      const isForm = argument.kind === "Call" && argument.callee.kind === "Member";
      return isForm && argument.callee.property.name === "formData" ? "FormData" : null;
    }
    case "Member":
      return memberOf(facts, node);
    default:
      return null;
  }
}

/** `Map` of `Map.new`. */
function constructed(facts: Facts, callee: ast.Expression): string | null {
  if (callee.kind !== "Member" || callee.property.name !== "new") return null;
  const { object } = callee;
  return object?.kind === "Identifier" && isGlobal(facts, object, object.name) ? object.name : null;
}

/** `url.searchParams` of an address, and `req.headers` of what a handler gets. */
function memberOf(facts: Facts, { object, property }: ast.Member): string | null {
  if (object === null) return null;
  if (property.name === "searchParams") {
    return classOf(facts, object) === "URL" ? "URLSearchParams" : null;
  }
  const variable = object.kind === "Identifier" ? variableOf(facts, object) : undefined;
  const isRequest = variable !== undefined && facts.requests.has(variable);
  return isRequest && property.name === "headers" ? "Headers" : null;
}
