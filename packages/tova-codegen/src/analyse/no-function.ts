// The value of a name → whether it is certainly no function, so that a call cannot mean the name.
import type { ast } from "tova-parser";

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

/** Functions of the library that give numbers, texts, lists or objects. */
const givesData = new Set(
  [
    "len count sum avg mean median mode min max product sum_by round floor ceil abs sqrt int float",
    "to_int to_float string to_string type_of now now_iso uuid range map filter flat_map sorted",
    "reversed unique compact flatten chunk zip enumerate partition group_by frequencies keys values",
    "entries pick omit upper lower trim split join replace repeat chars words lines capitalize",
  ].flatMap((names) => names.split(" ")),
);

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
      return givesIt(node.callee, isLibrary);
    case "Pipe": {
      const { right } = node;
      return givesIt(right.kind === "Call" ? right.callee : right, isLibrary);
    }
    default:
      return kinds.has(node.kind);
  }
}

const givesIt = (callee: ast.Expression, isLibrary: (name: ast.Identifier) => boolean): boolean =>
  callee.kind === "Identifier" && givesData.has(callee.name) && isLibrary(callee);
