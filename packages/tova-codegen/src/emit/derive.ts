// `derive [Eq, Show, JSON]` → functions of a record's type, or beside the type of variants (spec 6).
import type { ast } from "tova-parser";
import { type Context, helper, variableName } from "./context";
import { type Code, list } from "./writer";

const has = (node: ast.TypeDeclaration, trait: string): boolean =>
  node.derives.some(({ name }) => name === trait);

/** `T.__eq`, `T.__show`, `T.toJSON` and `T.fromJSON` of a record. */
export function emitDerivedMembers(cx: Context, node: ast.TypeDeclaration, type: string): void {
  const add = (name: string, value: Code): void => {
    cx.out.push([node.from, type, ".", name, " = ", value, ";"]);
  };
  const fields = JSON.stringify(node.fields.map(({ name }) => name));
  const name = JSON.stringify(node.name.name);
  if (has(node, "Eq"))
    add("__eq", ["($0, $1) => ", helper(cx, "sameFields"), `(${fields}, $0, $1)`]);
  if (has(node, "Show")) {
    add("__show", ["($0) => ", helper(cx, "showFields"), "(", list([name, fields, "$0"]), ")"]);
  }
  if (!has(node, "JSON")) return;
  add("toJSON", helper(cx, "jsonText"));
  add("fromJSON", ["($0) => ", helper(cx, "recordFromJson"), "(", list([type, fields, "$0"]), ")"]);
}

const helpers = { Eq: "sameVariant", Show: "showVariant", JSON: "jsonText" } as const;

/** `__eq_T`, `__show_T` and `__toJSON_T` of variants. */
export function emitDerivedFunctions(cx: Context, node: ast.TypeDeclaration): void {
  for (const derived of node.derives) {
    const name = variableName(cx, derived);
    const key = derived.name as keyof typeof helpers;
    if (name === null || !Object.hasOwn(helpers, key)) continue;
    cx.out.push([derived.from, "const ", name, " = ", helper(cx, helpers[key]), ";"]);
  }
}
