// A type of the language itself → the JavaScript classes that carry its methods (spec 6).
import type { HelperName } from "../generated/runtime";
import { type Context, helper } from "./context";

/** Types whose values are of another class in JavaScript. */
const classes: Readonly<Record<string, string>> = {
  Int: "Number",
  Float: "Number",
  Bool: "Boolean",
  List: "Array",
};

/** Types whose values are of two classes of the runtime. */
const pairs: Readonly<Record<string, readonly [HelperName, HelperName]>> = {
  Result: ["OkResult", "ErrResult"],
  Option: ["SomeOption", "NoneOption"],
};

/** The classes of a type that the program does not define: the first is the one that is asked. */
export function ownersOf(cx: Context, name: string): readonly [string, ...string[]] {
  const pair = Object.hasOwn(pairs, name) ? pairs[name] : undefined;
  if (pair) return [helper(cx, pair[0]), helper(cx, pair[1])];
  return [Object.hasOwn(classes, name) ? (classes[name] ?? name) : name];
}
