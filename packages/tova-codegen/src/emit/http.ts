// Routes, middleware, cors and security of a worker → the functions that answer a request (spec 11).
import type { ast } from "tova-parser";
import { nextUse, passesOwnRequest } from "../analyse/next-use";
import type { RawReader } from "../analyse/raw-results";
import type { EdgeBlock } from "../model/program";
import type { Security } from "../model/security";
import type { Segment } from "../model/segment";
import { type Bodies, emitLimit, emitTypeTable } from "./body";
import { type Context, helper, moduleName, variableName } from "./context";
import { locals } from "./inline-handler";
import { anyOf } from "./path";
import { emitDispatch, healthHelper } from "./routing";
import { emitGuards, type Hide } from "./security";
import { sender } from "./send";
import { braces, type Code } from "./writer";

const text = JSON.stringify;

/** What the functions that answer requests need to know beside the block. */
export interface HttpFacts {
  readonly security: Security | null;
  /** Of the worker's module, among them the records that its results hold. */
  readonly statements: readonly ast.Statement[];
  readonly bodies: Bodies;
  /** Tells handlers that may give bytes or streams. */
  readonly raw: RawReader;
}

/**
 * Emits what answers a request; returns the call of it, which reads `request`.
 * @param hide takes sensitive fields out of results; null where there are none
 * @param now whether the call gives a response, and not what becomes one
 */
export function emitHttp(
  cx: Context,
  block: EdgeBlock,
  facts: HttpFacts,
  hide: Hide | null,
  now: boolean,
): string {
  const { bodies, raw, security } = facts;
  emitDispatch(cx, block, facts, now);
  emitTypeTable(cx, bodies.values());
  if (block.cors) cx.out.push(["const $cors = ", emitCors(block.cors), ";"]);
  const routed = hide ? "$visible" : "$dispatch";
  if (hide) cx.out.push(`const $visible = (request, path) => ${hide("$dispatch(request, path)")};`);
  const call = emitChain(cx, block, routed, { raw, hide, security });
  const inner = block.middleware.length > 0 ? "$layered" : routed;
  const place = cx.out.length;
  const answering = emitGuards(cx, block, facts, emitLimit(cx, block, inner));
  if (answering === inner) return call;
  if (inner !== routed) cx.out.splice(place, 0, `const ${inner} = (request) => ${call};`);
  return `${answering}(request)`;
}

// ── Around the routes ──────────────────────────────────────────────

/**
 * Emits what is around the routes, the first middleware outermost; returns the call of it. A
 * middleware that can call its `next` once at most gets one that is made once.
 */
function emitChain(
  cx: Context,
  block: EdgeBlock,
  routed: string,
  { raw, hide, security }: Pick<HttpFacts, "raw" | "security"> & { readonly hide: Hide | null },
): string {
  const chain = block.middleware.reduceRight<Link>(
    (inner, layer) => {
      const next = emitLink(cx, inner);
      const name = emitLayerName(cx, layer, security?.auth != null);
      const use = nextUse(layer, cx.unit.resolution);
      const [before, after] = sender(cx, raw, layer, "next");
      const sent = (given: string): string => {
        const result = `${before}${given}${after}`;
        return hide ? hide(result) : result;
      };
      const title = `inside_${layer.name.name}`;
      if (use === "tail") return { title, name: null, call: sent(`${name}(request, ${next})`) };
      const made = moduleName(cx, use === "once" ? `next_of_${name}` : `with_${name}`);
      const args = use === "once" ? next : `${name}, ${next}`;
      const maker = helper(cx, use === "once" ? "nextTo" : "nextOnce");
      cx.out.push(`const ${made} = ${maker}(${args});`);
      if (use === "once") return { title, name: null, call: sent(`${name}(request, ${made})`) };
      const call = `${made}(request)`;
      return { title, name: sent(call) === call ? made : null, call: sent(call) };
    },
    { title: "", name: routed, call: `${routed}(request)` },
  );
  return chain.call;
}

/** What answers a request at one place of the chain. */
interface Link {
  /** What a function of it is called. */
  readonly title: string;
  /** The function, where there is one. */
  readonly name: string | null;
  readonly call: string;
}

/** The name of a function that answers as the link does. */
function emitLink(cx: Context, { title, name, call }: Link): string {
  if (name !== null) return name;
  const made = moduleName(cx, title);
  cx.out.push(`const ${made} = (request) => ${call};`);
  return made;
}

/**
 * The name of a middleware in code that has names of its own.
 * @param users whether requests have users, which all that it passes on must have too
 */
function emitLayerName(cx: Context, layer: ast.FunctionDeclaration, users: boolean): string {
  const known = variableName(cx, layer.name) ?? layer.name.name;
  const keeps = users && !passesOwnRequest(layer, cx.unit.resolution);
  if (!keeps && !locals.test(known)) return known;
  const own = moduleName(cx, known);
  cx.out.push([`const ${own} = `, keeps ? [helper(cx, "keepUser"), `(${known})`] : known, ";"]);
  return own;
}

/** The rules as the runtime's `withCors` takes them, and the init of every preflight's answer. */
function emitCors(cors: NonNullable<EdgeBlock["cors"]>): Code {
  const headers = {
    "Access-Control-Allow-Methods": cors.methods.join(", "),
    "Access-Control-Allow-Headers": cors.headers.join(", "),
    "Access-Control-Max-Age": String(cors.maxAge),
  };
  return braces([
    `origins: ${text(cors.origins)},`,
    `credentials: ${text(cors.credentials)},`,
    `preflight: ${text({ status: 204, headers })},`,
  ]);
}

/** The test that the request's path is one of several. */
function emitPathTest(cx: Context, title: string, paths: readonly (readonly Segment[])[]): Code {
  const { code: test, places } = anyOf(paths);
  const path: Code = [helper(cx, "pathOf"), "(request.url)"];
  if (/^path === "[^"]*"$/.test(test)) return [path, test.slice("path".length)];
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

/** What a request may get, and when it does: always without a test. */
export interface Choice {
  readonly test: Code | null;
  readonly value: Code;
}

/** Without its secrets a worker answers nothing but health and preflight (spec 11.7). */
export function emitRefusal(cx: Context, { health }: EdgeBlock): readonly Choice[] {
  const refuse: Choice = { test: null, value: [helper(cx, "internalError"), "($missing)"] };
  if (!health) return [refuse];
  const isHealth = emitPathTest(cx, "is_health", [health.segments]);
  const test: Code = ["/^(GET|HEAD)$/.test(request.method) && ", isHealth];
  return [{ test, value: [helper(cx, healthHelper(cx, health)), "()"] }, refuse];
}
