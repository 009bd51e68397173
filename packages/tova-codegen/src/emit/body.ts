// What the routes of a worker ask of bodies, their type and size → the checks before the handlers.
import type { ast } from "tova-parser";
import type { HelperName } from "../generated/runtime";
import type { BodyExports, BodySchema, Fields, Rule, RuleName, Schema } from "../model/body";
import type { EdgeBlock, Route } from "../model/program";
import { type Context, definedName, helper, moduleName } from "./context";
import { emitKey } from "./literal";
import { type Code, list } from "./writer";

const text = JSON.stringify;

/** The schemas of the routes that name a type for their body. */
export type Bodies = ReadonlyMap<Route, BodySchema>;

/** What a body may have that the worker reads as a whole to check it, unless the program says more. */
const checkedSize = 1024 ** 2;

/** The size that a request to a block may have whatever its route; null without a limit. */
function outerLimit({ maxBody, routes }: EdgeBlock): number | null {
  return maxBody && Math.max(maxBody, ...routes.map((route) => route.maxBody ?? 0));
}

/** The limit that a route has to keep itself; null where the block keeps it. */
function ownLimit(block: EdgeBlock, route: Route): number | null {
  if (route.method === "GET" || route.method === "HEAD") return null;
  const limit = route.maxBody ?? block.maxBody ?? (route.body ? checkedSize : null);
  return limit === outerLimit(block) ? null : limit;
}

/** Emits the limit on every body; returns the name of the function that now answers. */
export function emitLimit(cx: Context, block: EdgeBlock, answering: string): string {
  const limit = outerLimit(block);
  if (limit === null) return answering;
  cx.out.push(["const $limited = ", helper(cx, "limitBodies"), `(${limit}, ${answering});`]);
  return "$limited";
}

/** Whether something stands before a route's handler that calls it with the request. */
export const isChecked = (
  block: EdgeBlock,
  route: Route,
  schema: BodySchema | undefined,
): boolean => schema !== undefined || ownLimit(block, route) !== null;

/** A handler and what it is called with, first the request, `req`, unless it takes nothing. */
interface Call {
  readonly handler: string;
  readonly args: readonly Code[];
}

/** The call of a handler, behind the checks of its request's body. */
export function emitChecked(
  cx: Context,
  block: EdgeBlock,
  route: Route,
  schema: BodySchema | undefined,
  { handler, args }: Call,
): Code {
  const limit = ownLimit(block, route);
  if (!schema && limit === null) return [handler, "(", list(args), ")"];
  // Each check passes on what stands behind it.
  const shape = schema ? [emitShape(cx, schema), "$types"] : [];
  const checked = [...shape, handler, ...args.slice(1)];
  if (limit === null) return [helper(cx, "withBody"), "(", list(["req", ...checked]), ")"];
  const inner = schema ? [helper(cx, "withBody"), ...checked] : checked;
  return [helper(cx, "limitBody"), "(", list(["req", String(limit), ...inner]), ")"];
}

/** What a body must be, made once for all requests and routes. */
function emitShape(cx: Context, { root }: BodySchema): string {
  const shape = text(root);
  if (typeof root === "string") return shape;
  const { constants } = cx.unit;
  const known = constants.get(shape);
  if (known !== undefined) return known;
  const name = moduleName(cx, "body");
  cx.out.push([`const ${name} = `, emitSchema(cx, root), ";"]);
  constants.set(shape, name);
  return name;
}

/** Emits the table of the types that bodies are checked against. */
export function emitTypeTable(cx: Context, bodies: Iterable<BodySchema>): void {
  const tables = [...bodies].map((one) => one.types);
  if (tables.length === 0) return;
  const types: BodySchema["types"] = Object.assign({}, ...tables);
  cx.out.push(["const $types = ", emitObject(types, (schema) => emitSchema(cx, schema)), ";"]);
}

/** What a module exports a schema as, by the name of its type. */
const exportedAs = (name: string): string => `$body_${name}`;

/** The import of a type's schema, where this module checks bodies against it. */
export function emitBodyImport(
  cx: Context,
  { imported, local }: ast.Import["names"][number],
): readonly string[] {
  const name = cx.unit.bodies.get(local.name);
  return name === undefined ? [] : [`${exportedAs(imported.name)} as ${name}`];
}

/** Emits the schemas of a module's types, each with the table that its names are in. */
export function emitBodyExports(cx: Context, { own, passed }: BodyExports): void {
  emitTypeTable(cx, own.values());
  for (const [name, { root }] of own) {
    const shape = list(['"in"', emitSchema(cx, root), "$types", text(name)]);
    cx.out.push([`export const ${exportedAs(name)} = [`, shape, "];"]);
  }
  for (const { specifier, name, exported } of passed) {
    const names = `${exportedAs(name)} as ${exportedAs(exported)}`;
    cx.out.push(`export { ${names} } from ${text(specifier)};`);
  }
}

/** The name of an imported type's schema. */
function bodyName(cx: Context, type: string): string {
  const { bodies } = cx.unit;
  const name = bodies.get(type) ?? moduleName(cx, `type_${type}`);
  bodies.set(type, name);
  return name;
}

/** Without a prototype, so that no name is special. */
function emitObject<T>(object: Readonly<Record<string, T>>, emit: (value: T) => Code): Code {
  const entries = Object.entries(object).map(
    ([key, value]): Code => [emitKey(key), ": ", emit(value)],
  );
  return ["{ ", list(["__proto__: null", ...entries]), " }"];
}

function emitSchema(cx: Context, schema: Schema): Code {
  if (typeof schema === "string") return text(schema);
  const fields = (one: Fields) => emitObject(one, (field) => emitSchema(cx, field));
  switch (schema[0]) {
    case "type":
      return text(schema);
    case "import":
      return bodyName(cx, schema[1]);
    case "record":
      return ['["record", ', fields(schema[1]), "]"];
    case "variants":
      return ['["variants", ', emitObject(schema[1], fields), "]"];
    case "rules":
      return emitRules(
        cx,
        schema[1],
        schema[2].map((rule) => emitRule(cx, rule)),
      );
    case "where": {
      const [, of, { name }] = schema;
      const args = list([text(name.name), definedName(cx, name)]);
      return emitRules(cx, of, [[helper(cx, "ruleWhere"), "(", args, ")"]]);
    }
    default: {
      const [kind, ...members] = schema;
      return ["[", list([text(kind), ...members.map((member) => emitSchema(cx, member))]), "]"];
    }
  }
}

const emitRules = (cx: Context, of: Schema, rules: readonly Code[]): Code => {
  return ["[", list(['"rules"', emitSchema(cx, of), ...rules]), "]"];
};

const helpers: Readonly<Record<RuleName, HelperName>> = {
  required: "ruleRequired",
  min: "ruleMin",
  max: "ruleMax",
  length: "ruleLength",
  pattern: "rulePattern",
  one_of: "ruleOneOf",
  email: "ruleEmail",
  url: "ruleUrl",
  uuid: "ruleUuid",
};

function emitRule(cx: Context, { rule, args }: Rule): Code {
  const name = helper(cx, helpers[rule]);
  if (args.length === 0) return name;
  const codes = args.map((arg) => (typeof arg === "object" ? arg.source : text(arg)));
  return [name, "(", list(codes), ")"];
}
