// Routes, middleware, cors and security of a worker → the functions that answer a request (spec 11).
import type { ast } from "tova-parser";
import type { EdgeBlock, Route } from "../model/program";
import type { Security } from "../model/security";
import { type Bodies, emitLimit, emitTypeTable } from "./body";
import { type Context, helper, moduleName, variableName } from "./context";
import { emitExpression, list } from "./expression";
import { direct, emitDispatch, emitPathTest, healthHelper } from "./routing";
import { emitGuards, emitHiding } from "./security";
import { braces, type Code, newline } from "./writer";

const text = JSON.stringify;

/** What the functions that answer requests need to know beside the block. */
export interface HttpFacts {
  readonly security: Security | null;
  /** Of the worker's module, among them the records that its results hold. */
  readonly statements: readonly ast.Statement[];
  readonly bodies: Bodies;
}

/** Emits what answers a request; returns the name of the function that does. */
export function emitHttp(cx: Context, block: EdgeBlock, facts: HttpFacts): string {
  const { security, statements, bodies } = facts;
  const handlers = block.routes.map((route) => [route, emitHandler(cx, route)] as const);
  emitDispatch(cx, block, new Map(handlers), bodies);
  emitTypeTable(cx, bodies);
  const dispatch = emitHiding(cx, security, statements);
  cx.out.push(["const $route = ", helper(cx, "router"), "(", dispatch, ");"]);
  if (block.cors) cx.out.push(["const $cors = ", emitCors(block.cors), ";"]);
  if (block.middleware.length > 0) cx.out.push(emitChain(cx, block));
  const answering = block.middleware.length > 0 ? "$chained" : "$route";
  return emitGuards(cx, block, facts, emitLimit(cx, block, answering));
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
  const name = moduleName(cx, title);
  cx.out.push([handler.from, "const ", name, " = ", emitExpression(cx, handler), ";"]);
  return name;
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
