// Routes, middleware, cors and security of a worker → the functions that answer a request (spec 11).
import type { ast } from "tova-parser";
import { nextUse } from "../analyse/next-use";
import { paramsUse } from "../analyse/params-use";
import type { EdgeBlock, Route, Segment } from "../model/program";
import type { Security } from "../model/security";
import { type Bodies, emitLimit, emitTypeTable } from "./body";
import { type Context, helper, moduleName, variableName } from "./context";
import { emitExpression } from "./expression";
import { pathCode } from "./path";
import { emitDispatch, type Handler, healthHelper, type Taken } from "./routing";
import { emitGuards, emitHiding } from "./security";
import { braces, type Code } from "./writer";

const text = JSON.stringify;

/** What the functions that answer requests need to know beside the block. */
export interface HttpFacts {
  readonly security: Security | null;
  /** Of the worker's module, among them the records that its results hold. */
  readonly statements: readonly ast.Statement[];
  readonly bodies: Bodies;
}

/** Emits what answers a request; returns the call of it, which reads `request`. */
export function emitHttp(cx: Context, block: EdgeBlock, facts: HttpFacts): string {
  const { security, statements, bodies } = facts;
  const names = new Map<string, string>();
  const handlers = block.routes.map((route) => [route, emitHandler(cx, route, names)] as const);
  emitDispatch(cx, block, new Map(handlers), bodies);
  emitTypeTable(cx, bodies);
  if (block.cors) cx.out.push(["const $cors = ", emitCors(block.cors), ";"]);
  const routed = emitHiding(cx, security, statements);
  const call = emitChain(cx, block, routed);
  const place = cx.out.length;
  const answering = emitGuards(cx, block, facts, emitLimit(cx, block, "$layered"));
  if (answering === "$layered") return call;
  cx.out.splice(place, 0, `const $layered = (request) => ${call};`);
  return `${answering}(request)`;
}

/** Names that stand for something else where a handler is called. */
const locals = /^(req|method|path|at|end\d*|allow|request|env|error|response|result|missing)$/;

/** A route's function: one that the program names, or a constant named after the route. */
function emitHandler(cx: Context, route: Route, names: Map<string, string>): Handler {
  const takes = takenBy(cx, route, names);
  const title = `${route.method.toLowerCase()}_${route.path}`;
  return { name: emitReference(cx, title, route.handler), takes };
}

/**
 * What a handler gets of the path. Where it reads members of `params` only, they are parameters of
 * its own, and no object is made for each request.
 * @param names by parameter of a path: what it is called in handlers
 */
function takenBy(cx: Context, { handler, segments }: Route, names: Map<string, string>): Taken {
  const use = paramsUse(handler, cx.unit.resolution);
  if (!use) return "object";
  if (use.names.size === 0) return "nothing";
  const known = segments.flatMap((each) => (each.kind === "literal" ? [] : each.name));
  const read = known.filter((name) => use.names.has(name));
  if (read.length < use.names.size) return "object";
  for (const name of read) if (!names.has(name)) names.set(name, moduleName(cx, name));
  cx.unit.spread.set(use.variable, new Map(read.map((name) => [name, names.get(name) ?? name])));
  return read;
}

/** The name of a handler, kept before what calls it. */
export function emitReference(cx: Context, title: string, handler: ast.Expression): string {
  const known = handler.kind === "Identifier" ? variableName(cx, handler) : null;
  if (known && !locals.test(known)) return known;
  const name = moduleName(cx, title);
  cx.out.push([handler.from, "const ", name, " = ", emitExpression(cx, handler), ";"]);
  return name;
}

// ── Around the routes ──────────────────────────────────────────────

/**
 * Emits what is around the routes, the first middleware outermost; returns the call of it. A
 * middleware that can call its `next` once at most gets one that is made once.
 */
function emitChain(cx: Context, block: EdgeBlock, routed: string): string {
  const call = (inner: string): string => `${inner}(request)`;
  return block.middleware.reduceRight((inner, layer, i) => {
    const name = emitLayerName(cx, layer);
    const use = nextUse(layer, cx.unit.resolution);
    let next = routed;
    if (i < block.middleware.length - 1) {
      next = moduleName(cx, `inside_${layer.name.name}`);
      cx.out.push(`const ${next} = (request) => ${inner};`);
    }
    if (use === "tail") return `${name}(request, ${next})`;
    const made = moduleName(cx, use === "once" ? `next_of_${name}` : `with_${name}`);
    const args = use === "once" ? next : `${name}, ${next}`;
    const maker = helper(cx, use === "once" ? "nextTo" : "nextOnce");
    cx.out.push(`const ${made} = ${maker}(${args});`);
    return use === "once" ? `${name}(request, ${made})` : call(made);
  }, call(routed));
}

/** The name of a middleware in code that has names of its own. */
function emitLayerName(cx: Context, { name }: ast.FunctionDeclaration): string {
  const known = variableName(cx, name) ?? name.name;
  if (!locals.test(known)) return known;
  const own = moduleName(cx, known);
  cx.out.push(`const ${own} = ${known};`);
  return own;
}

/** The rules as the runtime's `withCors` takes them, and the init of every preflight's answer. */
function emitCors(cors: NonNullable<EdgeBlock["cors"]>): Code {
  const headers = {
    "Access-Control-Allow-Methods": cors.methods.join(", "),
    "Access-Control-Allow-Headers": cors.headers.join(", "),
    "Access-Control-Max-Age": String(cors.maxAge),
  };
  const fields = {
    origins: cors.origins,
    credentials: cors.credentials,
    preflight: { status: 204, headers },
  };
  return braces(Object.entries(fields).map(([key, value]): Code => `${key}: ${text(value)},`));
}

/** The test that the request's path is one of several. */
function emitPathTest(cx: Context, title: string, paths: readonly (readonly Segment[])[]): Code {
  const codes = paths.map((segments) => pathCode(segments, () => helper(cx, "isPart")));
  const path: Code = [helper(cx, "pathOf"), "(request.url)"];
  const test = codes.map(({ tests }) => tests.join(" && ") || "true").join(" || ");
  if (/^path === "[^"]*"$/.test(test)) return [path, test.slice("path".length)];
  const places = [...new Set(codes.flatMap((code) => code.places))];
  const declared = places.length > 0 ? [`let ${places.join(", ")};`] : [];
  const name = moduleName(cx, title);
  cx.out.push([`function ${name}(path) `, braces([...declared, `return ${test};`])]);
  return [name, "(", path, ")"];
}

/**
 * The test that a request is a preflight: any OPTIONS for a path without such a route (spec 11.3).
 */
export function emitPreflightTest(cx: Context, block: EdgeBlock): Code {
  const own = block.routes.filter(({ method }) => method === "OPTIONS");
  const test: Code = 'request.method === "OPTIONS"';
  if (own.length === 0) return test;
  const paths = own.map(({ segments }) => segments);
  return [test, " && !(", emitPathTest(cx, "has_options", paths), ")"];
}

/**
 * Without its secrets a worker answers nothing but health and preflight (spec 11.7): what becomes of
 * `result` then, each but the last behind a test.
 */
export function emitRefusal(cx: Context, { health }: EdgeBlock): readonly Code[] {
  const refuse: Code = ["result = ", helper(cx, "fail"), "($missing, request, null);"];
  if (!health) return [refuse];
  const isHealth = emitPathTest(cx, "is_health", [health.segments]);
  const test: Code = ['if (request.method === "GET" && ', isHealth, ") "];
  return [[test, "result = ", helper(cx, healthHelper(cx, health)), "();"], refuse];
}
