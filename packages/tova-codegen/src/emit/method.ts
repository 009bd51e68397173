// `impl` and `trait` → methods on the prototypes of types (spec 6).
import type { ast } from "tova-parser";
import { type Context, helper, variableName } from "./context";
import { emitFunction } from "./function";
import { ownersOf } from "./owners";
import { place } from "./type";
import type { Code } from "./writer";

/** Methods go on the prototype that all values of the type share; functions on the type itself. */
export function emitImpl(cx: Context, node: ast.Impl): void {
  const own = variableName(cx, node.type);
  const owners = own === null ? ownersOf(cx, node.type.name) : [own];
  const type = cx.unit.resolution.variables.get(node.type);
  // A type that is its only value has all on its prototype, as it is frozen.
  const isValue = type?.variantOf === type && type?.fields.length === 0;
  for (const method of node.methods) emitMethod(cx, owners, method, isValue);
  const trait = node.trait && cx.unit.resolution.variables.get(node.trait);
  if (!trait || trait.kind === "alias") return;
  // What the type has itself, in whatever `impl`, is kept.
  for (const owner of owners) {
    cx.out.push([node.from, helper(cx, "inherit"), `(${owner}, ${trait.js});`]);
  }
}

/** The methods of a trait that have bodies, for types to take. */
export function emitTrait(cx: Context, node: ast.Trait): void {
  const trait = cx.unit.resolution.variables.get(node.name);
  if (trait?.kind !== "trait") return;
  cx.out.push([node.from, "function ", node.name.from, trait.js, "() {}"]);
  for (const method of node.methods) emitMethod(cx, [trait.js], method);
}

function emitMethod(
  cx: Context,
  owners: readonly string[],
  method: ast.Method,
  isValue = false,
): void {
  const { body, params, name } = method;
  if (!body) return;
  const first = params[0]?.target;
  const self = first?.kind === "Name" && first.name === "self" ? first : null;
  const variable = self && cx.unit.resolution.variables.get(self);
  const own = self ? params.slice(1) : params;
  const code = emitFunction(cx, method, own, body, " ", variable ?? null);
  const ofValues = self !== null || isValue;
  if (!ofValues && ownOfFunctions.has(name.name)) return emitOverOwn(cx, owners, method, code);
  const places = owners.map((owner): Code => {
    return [place(ofValues ? `${owner}.prototype` : owner, name.name, name.from), " = "];
  });
  cx.out.push([method.from, ...places, code, ";"]);
}

/** Members that JavaScript gives every function, as types are, and that cannot be assigned. */
const ownOfFunctions = new Set(["name", "length", "caller", "arguments"]);

function emitOverOwn(cx: Context, owners: readonly string[], method: ast.Method, code: Code): void {
  const { name, from } = method.name;
  owners.forEach((owner, i) => {
    const value = i === 0 ? code : `${owners[0]}.${name}`;
    const property = ["{ value: ", value, ", enumerable: true, configurable: true }"];
    cx.out.push(["Object.defineProperty(", owner, ", ", from, `"${name}", `, property, ");"]);
  });
}
