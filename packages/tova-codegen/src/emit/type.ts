// Type declarations and `impl` → constructor functions, variants and methods (spec 6).
import type { ast } from "tova-parser";
import { enumMembers, fieldNames } from "../analyse/resolve-walk";
import { type Context, definedName, variableName } from "./context";
import { list } from "./expression";
import { emitFunction } from "./function";
import { emitKey } from "./literal";
import { braces, type Code } from "./writer";

/** A record's constructor, or a type's variants; nothing for an alias. */
export function emitType(cx: Context, node: ast.TypeDeclaration): void {
  const members = enumMembers(node);
  if (node.variants.length > 0 || members.length > 0) emitVariants(cx, node, members);
  else if (node.alias.length === 0) emitRecord(cx, node);
}

/** Access to a property by any name; `from` is where the source names it. */
function place(object: string, field: string, from: number): Code {
  const key = emitKey(field);
  if (key.startsWith("[")) return [object, from, key];
  return key.startsWith('"') ? [object, "[", from, key, "]"] : [object, ".", from, key];
}

/** Callable without `new` too where the name is passed on as a function. */
function emitRecord(cx: Context, node: ast.TypeDeclaration): void {
  const name = definedName(cx, node.name);
  const args = list(node.fields.map((_, i) => `$${i}`));
  const variable = cx.unit.resolution.variables.get(node.name);
  const passed: Code[] =
    (variable?.asValue ?? true) ? [["if (!new.target) return new ", name, "(", args, ");"]] : [];
  const body: Code[] = [
    ...passed,
    ...node.fields.map((field, i): Code => [place("this", field.name, field.from), ` = $${i};`]),
  ];
  cx.out.push([node.from, "function ", node.name.from, name, "(", args, ") ", braces(body)]);
}

function emitVariants(
  cx: Context,
  node: ast.TypeDeclaration,
  members: readonly ast.TypeExpression[],
): void {
  const type = definedName(cx, node.name);
  cx.out.push([node.from, "function ", node.name.from, type, "() {}"]);
  for (const variant of node.variants) {
    const name = variableName(cx, variant) ?? variant.name;
    const fields = fieldNames(variant.fields);
    if (fields.length === 0)
      cx.out.push(emitConstant(cx, variant.from, { type, name, tag: variant.name }));
    else cx.out.push(emitVariant(variant, type, name, fields));
  }
  for (const member of members) {
    const name = variableName(cx, member) ?? member.text;
    cx.out.push(emitConstant(cx, member.from, { type, name, tag: member.name ?? "" }));
  }
}

const tagged = (type: string, tag: string, pure = ""): string =>
  `${pure}Object.assign(${pure}new ${type}(), { __tag: ${JSON.stringify(tag)} })`;

/** Where a bundler joins modules, what has no effect is marked, so that it drops unused values. */
function emitConstant(
  cx: Context,
  from: number,
  { type, name, tag }: { readonly type: string; readonly name: string; readonly tag: string },
): Code {
  const pure = cx.unit.bundled ? "/* @__PURE__ */ " : "";
  return [from, "const ", name, ` = ${pure}Object.freeze(${tagged(type, tag, pure)});`];
}

function emitVariant(
  variant: ast.Variant,
  type: string,
  name: string,
  fields: readonly string[],
): Code {
  const value = `$${fields.length}`;
  const assigns = variant.fields.map((field, i): Code => {
    return [place(value, fields[i] ?? field.name, field.from), ` = $${i};`];
  });
  const made: Code = ["const ", value, " = ", variant.from, tagged(type, variant.name), ";"];
  const args = list(fields.map((_, i) => `$${i}`));
  const body = braces([made, ...assigns, `return ${value};`]);
  return [variant.from, "function ", variant.from, name, "(", args, ") ", body];
}

/** Methods go on the prototype that all values of the type share; functions on the type itself. */
export function emitImpl(cx: Context, node: ast.Impl): void {
  const type = variableName(cx, node.type) ?? node.type.name;
  for (const method of node.methods) {
    if (!method.body) continue;
    const [first, ...rest] = method.params;
    const self =
      first?.target.kind === "Name" && first.target.name === "self" ? first.target : null;
    const owner = self ? `${type}.prototype` : type;
    const prologue: Code[] = self ? [["const ", definedName(cx, self), " = this;"]] : [];
    const params = self ? rest : method.params;
    const body = emitFunction(cx, method, params, method.body, " ", prologue);
    cx.out.push([method.from, place(owner, method.name.name, method.name.from), " = ", body, ";"]);
  }
}
