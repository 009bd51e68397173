// Type declarations → constructor functions, variants and checks (spec 6).
import type { ast } from "tova-parser";
import { enumMembers, fieldNames, ownVariant } from "../analyse/hoist";
import { type Context, definedName, helper, variableName } from "./context";
import { emitDerivedFunctions, emitDerivedMembers } from "./derive";
import { emitAccess } from "./literal";
import { emitRefinement } from "./refinement";
import { emitAliasTest } from "./type-test";
import { braces, type Code, list } from "./writer";

/** A record's constructor, a type's variants, a refinement's check, an exported alias's test. */
export function emitType(cx: Context, node: ast.TypeDeclaration): void {
  const variable = cx.unit.resolution.variables.get(node.name);
  switch (variable?.kind) {
    case "record":
      emitRecord(cx, node);
      return emitDerivedMembers(cx, node, variable.js);
    case "variant":
    case "type":
      emitVariants(cx, node, enumMembers(node, cx.unit.resolution.variables));
      return emitDerivedFunctions(cx, node);
    case "refinement":
      return emitRefinement(cx, node, variable.js);
    case "alias":
      if (variable.asValue) emitAlias(cx, node, variable.js);
      return;
    default:
  }
}

/** What another module that imports the alias tests with. */
function emitAlias(cx: Context, node: ast.TypeDeclaration, name: string): void {
  const test: Code = ["($0) => ", emitAliasTest(cx, node, "$0")];
  cx.out.push([node.from, "const ", node.name.from, name, " = { __test: ", test, " };"]);
}

/** Access to a property by any name; `from` is where the source names it. */
export function place(object: string, field: string, from: number): Code {
  const access = emitAccess(field);
  return [object, access.slice(0, 1), from, access.slice(1)];
}

/** Sets a field of a value that is made; `__proto__`, once assigned, would be no field. */
function emitField(object: string, field: string, from: number, value: string): Code {
  if (field !== "__proto__") return [place(object, field, from), ` = ${value};`];
  const property = `{ value: ${value}, writable: true, enumerable: true, configurable: true }`;
  return ["Object.defineProperty(", object, ", ", from, `"__proto__", ${property});`];
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
    ...node.fields.map((field, i) => emitField("this", field.name, field.from, `$${i}`)),
  ];
  cx.out.push([node.from, "function ", node.name.from, name, "(", args, ") ", braces(body)]);
}

function emitVariants(
  cx: Context,
  node: ast.TypeDeclaration,
  members: readonly ast.TypeExpression[],
): void {
  const type = definedName(cx, node.name);
  // A variant of the type's name makes all its values alike.
  const own = ownVariant(node);
  const base = own ? `Object.create(${type}.prototype)` : `new ${type}()`;
  if (!own) cx.out.push([node.from, "function ", node.name.from, type, "() {}"]);
  else if (own.fields.length === 0) cx.out.push(emitUnit(cx, own, type));
  for (const variant of node.variants) {
    if (variant === own && own.fields.length === 0) continue;
    const name = variableName(cx, variant) ?? variant.name;
    const fields = fieldNames(variant.fields);
    if (fields.length === 0)
      cx.out.push(emitConstant(cx, variant.from, { base, name, tag: variant.name }));
    else cx.out.push(emitVariant(variant, base, name, fields));
  }
  for (const member of members) {
    const name = variableName(cx, member) ?? member.text;
    cx.out.push(emitConstant(cx, member.from, { base, name, tag: member.name ?? "" }));
  }
}

const tagged = (base: string, tag: string, pure = ""): string =>
  `${pure}Object.assign(${pure}${base}, { __tag: ${JSON.stringify(tag)} })`;

/** Where a bundler joins modules, what has no effect is marked, so that it drops unused values. */
function emitConstant(
  cx: Context,
  from: number,
  { base, name, tag }: { readonly base: string; readonly name: string; readonly tag: string },
): Code {
  const pure = cx.unit.bundled ? "/* @__PURE__ */ " : "";
  return [from, "const ", name, ` = ${pure}Object.freeze(${tagged(base, tag, pure)});`];
}

/** The only value of a variant that is its own type: it has the methods of all variants. */
function emitUnit(cx: Context, { from, name }: ast.Variant, js: string): Code {
  const pure = cx.unit.bundled ? "/* @__PURE__ */ " : "";
  const made = [helper(cx, "unitVariant"), "(", JSON.stringify(name), ")"];
  return [from, "const ", js, " = ", pure, made, ";"];
}

function emitVariant(
  variant: ast.Variant,
  base: string,
  name: string,
  fields: readonly string[],
): Code {
  const value = `$${fields.length}`;
  const assigns = variant.fields.map((field, i) =>
    emitField(value, fields[i] ?? field.name, field.from, `$${i}`),
  );
  const made: Code = ["const ", value, " = ", variant.from, tagged(base, variant.name), ";"];
  const args = list(fields.map((_, i) => `$${i}`));
  const body = braces([made, ...assigns, `return ${value};`]);
  return [variant.from, "function ", variant.from, name, "(", args, ") ", body];
}
