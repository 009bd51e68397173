// Routes, middleware, cors and health of a worker → the functions that answer a request (spec 11).
import type { ast } from "tova-parser";
import type { BodySchema } from "../model/body";
import type { EdgeBlock, Health, Route, Segment } from "../model/program";
import type { Security } from "../model/security";
import { type Context, helper, moduleName, variableName } from "./context";
import { emitExpression, list } from "./expression";
import { emitKey } from "./literal";
import { emitGuard, emitHiding } from "./security";
import { braces, type Code, newline } from "./writer";

const text = JSON.stringify;

/** What the functions that answer requests need to know beside the block. */
export interface HttpFacts {
  readonly security: Security | null;
  /** Of the worker's module, among them the records that its results hold. */
  readonly statements: readonly ast.Statement[];
  /** Of the routes that name a type for their body. */
  readonly bodies: ReadonlyMap<Route, BodySchema>;
}

/** Emits what answers a request; returns the name of the function that does. */
export function emitHttp(cx: Context, block: EdgeBlock, facts: HttpFacts): string {
  const { security, statements, bodies } = facts;
  const handlers = block.routes.map((route) => emitHandler(cx, route));
  cx.out.push(emitDispatch(cx, block, handlers, bodies));
  if (bodies.size > 0) cx.out.push(`const $types = ${text(typeTable(bodies))};`);
  const dispatch = emitHiding(cx, security, statements);
  cx.out.push(["const $route = ", helper(cx, "router"), "(", dispatch, ");"]);
  if (block.cors) cx.out.push(["const $cors = ", emitCors(block.cors), ";"]);
  if (block.middleware.length > 0) cx.out.push(emitChain(cx, block));
  return emitGuard(cx, security, block.middleware.length > 0 ? "$chained" : "$route");
}

const typeTable = (bodies: HttpFacts["bodies"]): BodySchema["types"] =>
  Object.assign({}, ...[...bodies.values()].map(({ types }) => types));

/** A route's function: one that the program names, or a constant named after the route. */
function emitHandler(cx: Context, route: Route): string {
  const { handler } = route;
  const known = handler.kind === "Identifier" ? variableName(cx, handler) : null;
  if (known) return known;
  return emitNamedFunction(cx, `${route.method.toLowerCase()}_${route.path}`, handler);
}

/** Keeps a handler in a constant whose name tells what it is for, as stack traces show it. */
export function emitNamedFunction(cx: Context, title: string, handler: ast.Expression): string {
  const name = moduleName(cx, title);
  cx.out.push([handler.from, "const ", name, " = ", emitExpression(cx, handler), ";"]);
  return name;
}

// ── Matching ───────────────────────────────────────────────────────

/** Names of the first parts of a path; those further on are read from it. */
const partNames = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** What the code of a path test reads. */
interface PathCode {
  readonly length: string;
  part(index: number): string;
}

/** Right behind `const { length, 0: a, 1: b … } = path`. */
const named: PathCode = { length: "length", part: (i) => partNames[i] ?? `path[${i}]` };
const direct: PathCode = { length: "path.length", part: (i) => `path[${i}]` };

/** The test that a path, split at its slashes, is one of a route. */
function emitPathTest(segments: readonly Segment[], path: PathCode): string {
  const open = segments.some(({ kind }) => kind === "wildcard");
  const tests = [`${path.length} ${open ? ">=" : "==="} ${segments.length}`];
  segments.forEach((segment, i) => {
    if (segment.kind === "literal") tests.push(`${path.part(i)} === ${text(segment.text)}`);
    else if (segment.kind === "param") tests.push(`${path.part(i)} !== ""`);
  });
  return tests.join(" && ");
}

function emitParams(segments: readonly Segment[]): string {
  const params = segments.flatMap((segment, i) => {
    if (segment.kind === "literal") return [];
    const value = segment.kind === "param" ? named.part(i) : `path.slice(${i}).join("/")`;
    return [`${emitKey(segment.name)}: ${value}`];
  });
  return ["{ __proto__: null", ...params].join(", ").concat(" }");
}

interface PathGroup {
  readonly test: string;
  readonly members: { readonly route: Route; readonly handler: string }[];
}

/** Neighbouring routes of one path share its test; the order of declaration stays. */
function groupByPath(routes: readonly Route[], handlers: readonly string[]): readonly PathGroup[] {
  const groups: PathGroup[] = [];
  routes.forEach((route, i) => {
    const test = emitPathTest(route.segments, named);
    const last = groups[groups.length - 1];
    const member = { route, handler: handlers[i] ?? "" };
    if (last?.test === test) last.members.push(member);
    else groups.push({ test, members: [member] });
  });
  return groups;
}

/**
 * `$dispatch(method, path, req, allow)`: what the first route that matches gives; without one
 * `allow`, which then has the methods of the routes at the path.
 */
function emitDispatch(
  cx: Context,
  block: EdgeBlock,
  handlers: readonly string[],
  bodies: HttpFacts["bodies"],
): Code {
  const groups = groupByPath(block.routes, handlers).map(({ test, members }): Code => {
    const calls = members.map(
      ({ route, handler }): Code => [
        `if (method === ${text(route.method)}) return `,
        emitRequired(cx, route),
        emitChecked(cx, bodies.get(route), emitCallOf(route, handler)),
      ],
    );
    const methods = members.flatMap(({ route }) => allowed(route.method));
    return [`if (${test}) `, braces([...calls, `allow.push(${methods.join(", ")});`])];
  });
  if (block.health) {
    const answer = [helper(cx, healthHelper(block.health)), "();"];
    const body: Code[] = [['if (method === "GET") return ', answer], 'allow.push("GET", "HEAD");'];
    groups.push([`if (${emitPathTest(block.health.segments, named)}) `, braces(body)]);
  }
  const paths = [...block.routes, ...(block.health ? [block.health] : [])];
  const count = Math.max(...paths.map(({ segments }) => segments.length));
  const parts = ["length", ...partNames.slice(0, count).map((name, i) => `${i}: ${name}`)];
  const head = `const { ${parts.join(", ")} } = path;`;
  return [
    "function $dispatch(method, path, req, allow) ",
    braces([head, ...groups, "return allow;"]),
  ];
}

/** A GET route answers HEAD too. */
const allowed = (method: string): readonly string[] =>
  method === "GET" ? ['"GET"', '"HEAD"'] : [text(method)];

const healthHelper = ({ checksMemory }: Health) => (checksMemory ? "healthMemory" : "healthOk");

/** `with auth`: who may not pass is answered in the handler's place. */
function emitRequired(cx: Context, { requires }: Route): Code {
  if (!requires) return "";
  const role = text(requires.role?.toLowerCase() ?? null);
  return [helper(cx, "requireUser"), `(req, ${role}) ?? `];
}

/** The call of a handler, behind the check of the body where the route names its type. */
function emitChecked(cx: Context, schema: BodySchema | undefined, call: Code): Code {
  if (!schema) return [call, ";"];
  return [helper(cx, "withBody"), `(req, ${text(schema.root)}, $types, () => `, call, ");"];
}

function emitCallOf(route: Route, handler: string): Code {
  const { handler: node, segments } = route;
  const takesAll = node.kind !== "Lambda" || node.params.some(({ rest }) => rest);
  const count = takesAll ? 3 : node.params.length;
  const args = ["req", emitParams(segments), "$env"].slice(0, count);
  return [handler, "(", list(args), ")"];
}

// ── Around the routes ──────────────────────────────────────────────

function emitChain(cx: Context, block: EdgeBlock): Code {
  const names = block.middleware.map(({ name }) => variableName(cx, name) ?? name.name);
  return ["const $chained = ", helper(cx, "chain"), "([", list(names), "], $route);"];
}

/** The rules as the runtime's `withCors` takes them, and the headers of every preflight. */
function emitCors(cors: NonNullable<EdgeBlock["cors"]>): Code {
  const fields = {
    origins: cors.origins,
    credentials: cors.credentials,
    preflight: {
      "Access-Control-Allow-Methods": cors.methods.join(", "),
      "Access-Control-Allow-Headers": cors.headers.join(", "),
      "Access-Control-Max-Age": String(cors.maxAge),
    },
  };
  return braces(Object.entries(fields).map(([key, value]): Code => `${key}: ${text(value)},`));
}

/**
 * The test that a request is a preflight: any OPTIONS for a path without such a route (spec 11.3).
 */
export function emitPreflightTest(cx: Context, block: EdgeBlock): Code {
  const own = block.routes.filter(({ method }) => method === "OPTIONS");
  const test: Code = 'request.method === "OPTIONS"';
  if (own.length === 0) return test;
  const tests = own.map(({ segments }) => `(${emitPathTest(segments, direct)})`).join(" || ");
  return [test, " && !((path) => ", tests, ")(", helper(cx, "segments"), "(request.url))"];
}

/**
 * Without its secrets a worker answers nothing but health and preflight (spec 11.7). `missing` is
 * the error that names them; the answer goes into `response`.
 */
export function emitRefusal(cx: Context, { health }: EdgeBlock): Code {
  const refuse: Code = ["response = await ", helper(cx, "fail"), "(missing, request, null);"];
  if (!health) return refuse;
  const answer: Code = ["response = ", helper(cx, healthHelper(health)), "();"];
  const test = `request.method === "GET" && ${emitPathTest(health.segments, direct)}`;
  return [
    ["const path = ", helper(cx, "segments"), "(request.url);", newline],
    [`if (${test}) `, answer, newline, "else ", refuse],
  ];
}
