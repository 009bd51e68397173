// Routes, middleware, cors and health of a worker → the functions that answer a request (spec 11).
import type { ast } from "tova-parser";
import type { EdgeBlock, Route, Segment } from "../model/program";
import { type Context, helper, variableName } from "./context";
import { emitExpression, list } from "./expression";
import { emitKey } from "./literal";
import { braces, type Code, join } from "./writer";

const text = JSON.stringify;

/** The functions behind `fetch`: `$handle(request)` answers all that it can without failing. */
export function emitHttp(cx: Context, block: EdgeBlock): void {
  const handlers = block.routes.map((route) => emitHandler(cx, route));
  cx.out.push(emitDispatch(cx, block, handlers));
  cx.out.push(emitMethods(block));
  cx.out.push(emitRoute(cx, block));
  if (block.middleware.length > 0) cx.out.push(emitChain(cx, block));
  if (block.cors) cx.out.push(["const $cors = ", emitCors(block.cors), ";"]);
  cx.out.push(emitHandle(cx, block));
}

/** A route's function: one that the program names, or a constant named after the route. */
function emitHandler(cx: Context, route: Route): string {
  const { handler } = route;
  const known = handler.kind === "Identifier" ? variableName(cx, handler) : null;
  if (known) return known;
  return emitNamedFunction(cx, `${route.method.toLowerCase()}_${route.path}`, handler);
}

/** Keeps a handler in a constant whose name tells what it is for, as stack traces show it. */
export function emitNamedFunction(cx: Context, title: string, handler: ast.Expression): string {
  cx.frame.count++;
  const words = title.replace(/[^A-Za-z0-9]+/g, "_").replace(/^_|_$/g, "");
  const name = `$${words}_${cx.frame.count}`;
  cx.out.push([handler.from, "const ", name, " = ", emitExpression(cx, handler), ";"]);
  return name;
}

// ── Matching ───────────────────────────────────────────────────────

/** The test that a path, split at its slashes, is one of a route. */
function emitPathTest(segments: readonly Segment[]): string {
  const open = segments.some(({ kind }) => kind === "wildcard");
  const tests = [`path.length ${open ? ">=" : "==="} ${segments.length}`];
  segments.forEach((segment, i) => {
    if (segment.kind === "literal") tests.push(`path[${i}] === ${text(segment.text)}`);
    else if (segment.kind === "param") tests.push(`path[${i}] !== ""`);
  });
  return tests.join(" && ");
}

function emitParams(segments: readonly Segment[]): string {
  const params = segments.flatMap((segment, i) => {
    if (segment.kind === "literal") return [];
    const value = segment.kind === "param" ? `path[${i}]` : `path.slice(${i}).join("/")`;
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
    const test = emitPathTest(route.segments);
    const last = groups[groups.length - 1];
    const member = { route, handler: handlers[i] ?? "" };
    if (last?.test === test) last.members.push(member);
    else groups.push({ test, members: [member] });
  });
  return groups;
}

/** `$dispatch(method, path, req)`: the response of the first route that matches, or null. */
function emitDispatch(cx: Context, block: EdgeBlock, handlers: readonly string[]): Code {
  const groups = groupByPath(block.routes, handlers).map(({ test, members }): Code => {
    const calls = members.map(({ route, handler }): Code => [
      `if (method === ${text(route.method)}) return `,
      emitCallOf(cx, route, handler),
    ]);
    return [`if (${test}) `, braces(calls)];
  });
  if (block.health) {
    const name = block.health.checksMemory ? "healthMemory" : "healthOk";
    const test = `method === "GET" && ${emitPathTest(block.health.segments)}`;
    groups.push([`if (${test}) return `, helper(cx, name), "();"]);
  }
  return ["async function $dispatch(method, path, req) ", braces([...groups, "return null;"])];
}

function emitCallOf(cx: Context, route: Route, handler: string): Code {
  const { handler: node, segments } = route;
  const takesAll = node.kind !== "Lambda" || node.params.some(({ rest }) => rest);
  const count = takesAll ? 3 : node.params.length;
  const args = ["req", emitParams(segments), "$env"].slice(0, count);
  return [helper(cx, "respond"), "(await ", handler, "(", list(args), "));"];
}

/** `$methods(path)`: the methods of the routes at a path. */
function emitMethods(block: EdgeBlock): Code {
  const groups = groupByPath(block.routes, []).map(({ test, members }): Code => {
    const methods = members.map(({ route }) => text(route.method)).join(", ");
    return `if (${test}) methods.push(${methods});`;
  });
  if (block.health) groups.push(`if (${emitPathTest(block.health.segments)}) methods.push("GET");`);
  return ["function $methods(path) ", braces(["const methods = [];", ...groups, "return methods;"])];
}

/** `$route(req)`: the response of a route, or what a request without one gets. */
function emitRoute(cx: Context, block: EdgeBlock): Code {
  const gets = block.health !== null || block.routes.some(({ method }) => method === "GET");
  const head: Code[] = [
    [
      'if (method === "HEAD") ',
      braces([
        'const got = await $dispatch("GET", path, req);',
        ["if (got !== null) return ", helper(cx, "headOf"), "(got);"],
      ]),
    ],
  ];
  return [
    "async function $route(req) ",
    braces([
      ["const path = ", helper(cx, "segments"), "(req.url);"],
      "const { method } = req;",
      "const response = await $dispatch(method, path, req);",
      "if (response !== null) return response;",
      ...(gets ? head : []),
      ["return ", helper(cx, "unrouted"), "(method, $methods(path));"],
    ]),
  ];
}

// ── Around the routes ──────────────────────────────────────────────

function emitChain(cx: Context, block: EdgeBlock): Code {
  const names = block.middleware.map(({ name }) => variableName(cx, name) ?? name.name);
  return ["const $chained = ", helper(cx, "chain"), "([", list(names), "], $route);"];
}

function emitCors(cors: NonNullable<EdgeBlock["cors"]>): Code {
  const fields = {
    origins: cors.origins,
    methods: cors.methods.join(", "),
    headers: cors.headers.join(", "),
    credentials: cors.credentials,
    maxAge: String(cors.maxAge),
  };
  return braces(Object.entries(fields).map(([key, value]): Code => `${key}: ${text(value)},`));
}

/** `$handle(request)`: preflight, then secrets, then middleware and routes (spec 11.3). */
function emitHandle(cx: Context, block: EdgeBlock): Code {
  const body: Code[] = [];
  if (block.secrets.length > 0) body.push(...emitSecretCheck(cx, block));
  body.push(block.middleware.length > 0 ? "return $chained(request);" : "return $route(request);");
  return ["async function $handle(request) ", braces(body)];
}

/** Without its secrets a worker answers nothing but health and preflight (spec 11.7). */
function emitSecretCheck(cx: Context, block: EdgeBlock): readonly Code[] {
  const check = [helper(cx, "missingSecrets"), "($env, $secrets)"];
  const health = block.health ? emitHealthCheck(cx, block.health) : [];
  return [
    ["const missing = ", ...check, ";"],
    [
      "if (missing.length > 0) ",
      braces([
        ...health,
        [helper(cx, "reportMissingSecrets"), "(missing);"],
        ["return ", helper(cx, "serverError"), "();"],
      ]),
    ],
  ];
}

function emitHealthCheck(cx: Context, health: NonNullable<EdgeBlock["health"]>): readonly Code[] {
  const name = health.checksMemory ? "healthMemory" : "healthOk";
  return [
    ["const path = ", helper(cx, "segments"), "(request.url);"],
    [`if (request.method === "GET" && ${emitPathTest(health.segments)}) return `, helper(cx, name), "();"],
  ];
}

/** The test that a request is a preflight: any OPTIONS without a route of its own (spec 11.3). */
export function emitPreflightTest(cx: Context, block: EdgeBlock): Code {
  const own = block.routes.some(({ method }) => method === "OPTIONS");
  const test: Code = 'request.method === "OPTIONS"';
  if (!own) return test;
  const methods = ["!$methods(", helper(cx, "segments"), '(request.url)).includes("OPTIONS")'];
  return join([test, methods], " && ");
}
