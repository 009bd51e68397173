// The value of a name → whether it is certainly no function, so that a call cannot mean the name.
import type { ast } from "tova-parser";
import { type HelperName, results } from "../generated/runtime";
import { library } from "./library";

const kinds: ReadonlySet<ast.Expression["kind"]> = new Set([
  "Number",
  "String",
  "Boolean",
  "Nil",
  "RegExp",
  "Array",
  "Object",
  "Unary",
  "Comparison",
  "Membership",
  "TypeTest",
  "Range",
  "Slice",
  "Comprehension",
]);

/** Operators that may give an operand as it is. */
const choosing = new Set(["and", "or", "&&", "||", "??"]);

/** Of functions that compare what they give, which nobody compares functions by. */
const givesCompared = new Set<HelperName>(["min", "max", "mode"]);

function givesData(name: string): boolean {
  const helper = library.get(name);
  return helper !== undefined && (results[helper] === "data" || givesCompared.has(helper));
}

/**
 * Whether a value is certainly no function.
 * @param isLibrary tells the library's names apart from the program's own
 */
export function isNoFunction(
  node: ast.Expression,
  isLibrary: (name: ast.Identifier) => boolean,
): boolean {
  switch (node.kind) {
    case "Binary":
      return !choosing.has(node.operator);
    case "Member":
      return node.property.name === "length";
    case "Call":
    case "Pipe": {
      const callee = calledBy(node);
      return callee !== null && givesData(callee.name) && isLibrary(callee);
    }
    default:
      return kinds.has(node.kind);
  }
}

/** The name of what gives a value by being called, or awaited too: `f` of `await f(x)`, `x |> f`. */
export function calledBy(node: ast.Expression): ast.Identifier | null {
  switch (node.kind) {
    case "Await":
      return calledBy(node.argument);
    case "Pipe":
      return node.right.kind === "Call" ? calledBy(node.right) : nameOf(node.right);
    case "Call":
      return nameOf(node.callee);
    default:
      return null;
  }
}

const nameOf = (node: ast.Expression): ast.Identifier | null =>
  node.kind === "Identifier" ? node : null;
