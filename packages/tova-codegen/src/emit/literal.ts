// Names, numbers, strings and objects → JavaScript.
import type { ast } from "tova-parser";
import { library } from "../analyse/library";
import { codes } from "../diagnostics/registry";
import { type Context, helper, variableName, workerEnv } from "./context";
import { emitExpression } from "./expression";
import { hoists } from "./hoisting";
import { inOrder, isPlain, type Operand, operand } from "./order";
import { ownersOf } from "./owners";
import { type Code, list } from "./writer";

/** A use of a name: a variable, a builtin, or a global of the platform. */
export function emitIdentifier(cx: Context, node: ast.Identifier): Code {
  const value = cx.unit.given.get(node);
  if (value !== undefined) return value;
  if (node.name === "_") {
    cx.unit.findings.report(node, codes.placeholder({}));
    return "undefined";
  }
  return emitName(cx, node, node.name);
}

/** The JavaScript for a name that `node` uses. */
function emitName(cx: Context, node: object, name: string): Code {
  const variable = variableName(cx, node);
  if (variable) return variable;
  if (name === "env") return environmentReader(cx);
  const builtin = library.get(name);
  if (builtin) return helper(cx, builtin);
  return cx.unit.resolution.extended.has(name) ? ownersOf(cx, name)[0] : name;
}

/** `env` as a function that is passed on: what it reads is the worker's. */
function environmentReader(cx: Context): Code {
  return ["(($0) => ", helper(cx, "envValue"), "(", workerEnv(cx), ", $0))"];
}

/** Decimal numbers with leading zeros would be octal in JavaScript. */
export function emitNumber(node: ast.NumberLiteral): string {
  const { text } = node;
  return /^0[0-9]/.test(text) ? String(Number(text)) : text;
}

/** A string without interpolation as a literal, any other as a template. */
export function emitString(cx: Context, node: ast.StringLiteral): Code {
  const { parts } = node;
  const expressions: ast.Expression[] = [];
  for (const part of parts) if (typeof part !== "string") expressions.push(part);
  if (expressions.length === 0) return JSON.stringify(parts.join(""));
  const values = textsInOrder(cx, expressions).reverse();
  const code: Code[] = ["`"];
  for (const part of parts) {
    if (typeof part === "string") code.push(templateText(part));
    else code.push("${", values.pop() ?? "", "}");
  }
  code.push("`");
  return code;
}

/** What stands before a part with statements is text before these change what it shows. */
function textsInOrder(cx: Context, expressions: readonly ast.Expression[]): Code[] {
  if (isPlain(cx, expressions)) return expressions.map((each) => emitExpression(cx, each));
  const last = expressions.findLastIndex((each) => hoists(cx, each));
  const operands = expressions.map((node, i): Operand => {
    const part = operand(cx, node);
    const isText = i >= last || (part.stable && node.kind !== "Identifier");
    return isText ? part : { ...part, stable: false, emit: () => ["`${", part.emit(), "}`"] };
  });
  return inOrder(cx, operands);
}

function templateText(text: string): string {
  if (/^[\w ./:;,=<>()-]*$/.test(text)) return text;
  return JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replace(/[`$]/g, "\\$&");
}

const identifier = /^[\p{ID_Start}_$][\p{ID_Continue}_$\u200c\u200d]*$/u;
/** Most names; the letters of all languages take longer to look up. */
const plainName = /^[A-Za-z_$][\w$]*$/;

/** A property key as JavaScript writes it; `__proto__` must stay an ordinary one. */
export function emitKey(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return plainName.test(name) || identifier.test(name) ? name : JSON.stringify(name);
}

/** What reads or sets a property of any name, behind its object: `.id`, `["two words"]`. */
export function emitAccess(name: string): string {
  const key = emitKey(name);
  if (key.startsWith("[")) return key;
  return key.startsWith('"') ? `[${key}]` : `.${key}`;
}

/** What reads a value of the environment; what every object inherits is not in it. */
export function suppliedBy(environment: string, name: string): string {
  const access = `${environment}${emitAccess(name)}`;
  if (!(name in Object.prototype)) return access;
  return `(Object.hasOwn(${environment}, ${JSON.stringify(name)}) ? ${access} : undefined)`;
}

/** An object literal. */
export function emitObject(cx: Context, node: ast.ObjectLiteral): Code {
  if (node.properties.length === 0) return "{}";
  if (isPlainObject(cx, node))
    return [
      "{ ",
      list(node.properties.map((each) => plainProperty(cx, each as ast.Property))),
      " }",
    ];
  const parts = inOrder(
    cx,
    node.properties.flatMap((property) => evaluated(cx, property)),
  ).reverse();
  const properties = node.properties.map((property): Code => {
    if (property.kind === "Spread") return parts.pop() ?? "";
    const key = emitPropertyKey(property, parts);
    const value = parts.pop() ?? "";
    return [property.from, !property.value && key === value ? key : [key, ": ", value]];
  });
  return ["{ ", list(properties), " }"];
}

function plainProperty(cx: Context, property: ast.Property): Code {
  const key = emitPropertyKey(property, []);
  return [property.from, key, ": ", emitExpression(cx, property.value as ast.Expression)];
}

/** Whether all properties are names with values that are written as they stand. */
function isPlainObject(cx: Context, { properties }: ast.ObjectLiteral): boolean {
  for (const property of properties) {
    if (property.kind === "Spread" || property.computed || !property.value) return false;
    if (hoists(cx, property.value)) return false;
  }
  return true;
}

/** The expressions of a property in the order they are evaluated. */
function evaluated(cx: Context, property: ast.Property | ast.Spread): readonly Operand[] {
  if (property.kind === "Spread") return [{ ...operand(cx, property), spread: "object" }];
  const { key, value } = property;
  if (value === null) return [shorthand(cx, key)];
  const before = property.computed ? [operand(cx, key as ast.Expression)] : [];
  return [...before, operand(cx, value)];
}

/** `{ name }` reads the variable where it stands. */
function shorthand(cx: Context, key: ast.Property["key"]): Operand {
  const constant = cx.unit.resolution.variables.get(key)?.kind !== "var";
  const emit = () => (key.kind === "Name" ? emitName(cx, key, key.name) : "undefined");
  return { spread: null, hoists: false, stable: constant, emit };
}

/** `parts` are the codes to come, the next one last. */
function emitPropertyKey(property: ast.Property, parts: Code[]): Code {
  const { key } = property;
  if (property.computed) return ["[", parts.pop() ?? "", "]"];
  if (key.kind === "Name") return emitKey(key.name);
  if (key.kind === "Number") return emitNumber(key);
  return key.kind === "String" ? emitKey(key.parts.join("")) : "undefined";
}

/** Emits a value for a place that an arrow would read as a block. */
export function emitArrowValue(cx: Context, node: ast.Expression): Code {
  const code = emitExpression(cx, node);
  return node.kind === "Object" ? ["(", code, ")"] : code;
}
